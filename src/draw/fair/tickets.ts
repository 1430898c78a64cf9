import { hash } from 'node:crypto';

/** What a ticket is drawn for. */
export type TicketKind = 'entrant' | 'prize';

const ZERO = Buffer.of(0);

/**
 * The ticket of an entrant or a prize: SHA-256(seed ‖ 0x00 ‖ kind ‖ 0x00 ‖ name). The lowest tickets win; as nobody knows
 * the seed beforehand, each is as likely as any other to be the lowest.
 * @param seed 32 bytes
 * @param name a login or a prize, as UTF-8
 */
export function ticketOf(seed: Buffer, kind: TicketKind, name: string): Buffer {
  const bytes = Buffer.concat([seed, ZERO, Buffer.from(kind), ZERO, Buffer.from(name)]);
  return hash('sha256', bytes, 'buffer');
}
