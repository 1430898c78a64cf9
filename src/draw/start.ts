import { randomUUID } from 'node:crypto';
import type { DrawContext } from './context.ts';
import { findLatest, keysOf } from './latest.ts';
import { naturalOrder } from './prizes.ts';
import { startScript } from './scripts/index.ts';
import { step } from './step.ts';
import type { DrawState } from './types.ts';

export type StartOutcome =
  | { readonly kind: 'started' }
  /** A draw is open, or closed with entrants who wait for the pick; nothing has changed. */
  | { readonly kind: 'refused'; readonly state: DrawState };

/**
 * Starts a draw in the channel. The record of the one before is finished in the same step.
 * @param prizes as `parsePrizes` returns them
 * @param seconds how long it takes entries; undefined: until it is closed by hand
 * @param member the chat member who starts it
 * @throws when Redis does not answer, or too late
 */
export async function start(
  context: DrawContext,
  prizes: readonly string[],
  seconds: number | undefined,
  member: string | undefined,
): Promise<StartOutcome> {
  const { redis, latest, keys } = context;
  // What an older release left may say nothing in the shared keys.
  if (latest.id === '') await findLatest(context);
  if (latest.id === '' && (await context.takeOver())) await findLatest(context);
  const id = randomUUID();
  const reply = await step(context, (args, now) =>
    startScript.run(redis, {
      keys: { ...keysOf(context), new_record: keys.draw(id).record },
      args: {
        ...args,
        id,
        seconds: seconds ?? 0,
        closes_at: seconds === undefined ? '' : now + seconds * 1000,
        member: member ?? '',
        prizes_json: JSON.stringify(prizes.toSorted(naturalOrder)),
      },
      rest: prizes,
    }),
  );
  if (reply[0] === 'another_draw') throw new Error('A draw cannot be started in the place of one that is meant.');
  if (reply[0] === 'refused') return { kind: 'refused', state: reply[1] };
  latest.id = id;
  return { kind: 'started' };
}
