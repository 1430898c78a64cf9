import { changePrizes } from './change-prizes.ts';
import type { DrawContext } from './context.ts';
import { lastChangeJson } from './last-change.ts';
import { keysOf } from './latest.ts';
import { isRefusal, type NotChangeable, notChangeable } from './not-changeable.ts';
import { MAX_PRIZES } from './prizes.ts';
import { addPrizesScript } from './scripts/changes.ts';

export type AddPrizesOutcome =
  /** How many prizes there are now. */
  | { readonly kind: 'added'; readonly count: number }
  /** These are there already. */
  | { readonly kind: 'there'; readonly prizes: readonly string[] }
  /** There would be more than a draw may have; how many there are. */
  | { readonly kind: 'too_many'; readonly count: number }
  | NotChangeable;

/**
 * Adds prizes to the draw: all of them, or none.
 * @param prizes as `parsePrizes` returns them
 * @throws when Redis does not answer, or too late
 */
export async function addPrizes(context: DrawContext, prizes: readonly string[]): Promise<AddPrizesOutcome> {
  const reply = await changePrizes(
    context,
    (now) => [...now, ...prizes],
    (args) =>
      addPrizesScript.run(context.redis, {
        keys: keysOf(context),
        args: {
          ...args,
          last_change: lastChangeJson({ kind: 'added', prizes: [...prizes] }),
          most: MAX_PRIZES,
        },
        rest: prizes,
      }),
  );
  if (isRefusal(reply)) return notChangeable(reply);
  return reply[0] === 'there'
    ? { kind: 'there', prizes: reply[1].flatMap((index) => prizes[index] ?? []) }
    : { kind: reply[0], count: reply[1] };
}
