import { hash } from 'node:crypto';

/** What a ticket is drawn for. */
export type TicketKind = 'entrant' | 'prize';

const ZERO = Buffer.of(0);

/** Room for a name to begin with, in bytes; a longer one gets more. */
const ROOM = 1_000;

/** UTF-8 takes at most so many bytes for a unit of a string. */
const MOST_BYTES = 3;

/**
 * Makes tickets. A ticket is SHA-256(seed ‖ 0x00 ‖ kind ‖ 0x00 ‖ name), in hexadecimal. The lowest tickets win; as nobody
 * knows the seed beforehand, each is as likely as any other to be the lowest.
 * @param seed 32 bytes
 * @returns the ticket of a name: of a login or a prize, as UTF-8
 */
export function ticketsFrom(seed: Buffer, kind: TicketKind): (name: string) => string {
  const start = Buffer.concat([seed, ZERO, Buffer.from(kind), ZERO]);
  // One piece of memory for all names: a million of them are hashed in half the time.
  let bytes = Buffer.concat([start, Buffer.alloc(ROOM)]);
  return (name) => {
    const needed = start.length + name.length * MOST_BYTES;
    if (needed > bytes.length) bytes = Buffer.concat([start, Buffer.alloc(needed)]);
    return hash('sha256', bytes.subarray(0, start.length + bytes.write(name, start.length)));
  };
}
