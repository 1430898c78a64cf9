import { randomUUID } from 'node:crypto';
import type { DrawContext } from './context.ts';
import { replies } from './scripts/index.ts';
import type { DrawState } from './types.ts';

export type StartOutcome =
  | { readonly kind: 'started' }
  /** A draw is open, or closed with entrants who wait for the pick; nothing has changed. */
  | { readonly kind: 'refused'; readonly state: DrawState };

/**
 * Starts a draw.
 * @param prizes as `parsePrizes` returns them
 * @param seconds how long it takes entries; undefined: until it is closed by hand
 * @throws when Redis does not answer, or too late
 */
export async function start(
  { redis, clock, keys }: DrawContext,
  prizes: readonly string[],
  seconds: number | undefined,
): Promise<StartOutcome> {
  const id = randomUUID();
  const reply = await clock.inTime(async (deadline) =>
    replies.start.parse(
      await redis.drawStart(
        keys.isOpen,
        keys.prizes,
        keys.entrants,
        keys.winners,
        keys.winnersJson,
        keys.memberOf,
        keys.loginOf,
        keys.drawId,
        keys.finished,
        keys.commitment,
        deadline,
        id,
        seconds ?? 0,
        ...prizes,
      ),
    ),
  );
  return reply[0] === 'started' ? { kind: 'started' } : { kind: 'refused', state: reply[1] };
}
