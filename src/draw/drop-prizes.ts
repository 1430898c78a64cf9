import { changePrizes } from './change-prizes.ts';
import type { DrawContext } from './context.ts';
import { lastChangeJson } from './last-change.ts';
import { keysOf } from './latest.ts';
import { isRefusal, type NotChangeable, notChangeable } from './not-changeable.ts';
import { dropPrizesScript } from './scripts/changes.ts';

export type DropPrizesOutcome =
  /** How many prizes there are now. */
  | { readonly kind: 'dropped'; readonly count: number }
  /** There are no such prizes. */
  | { readonly kind: 'not_there'; readonly prizes: readonly string[] }
  /** None would be left. */
  | { readonly kind: 'last' }
  | NotChangeable;

/**
 * Takes prizes out of the draw: all of them, or none; never the last one.
 * @param prizes as `parsePrizes` returns them
 * @throws when Redis does not answer, or too late
 */
export async function dropPrizes(context: DrawContext, prizes: readonly string[]): Promise<DropPrizesOutcome> {
  const dropped = new Set(prizes);
  const reply = await changePrizes(
    context,
    (now) => now.filter((prize) => !dropped.has(prize)),
    (args) =>
      dropPrizesScript.run(context.redis, {
        keys: keysOf(context),
        args: { ...args, last_change: lastChangeJson({ kind: 'dropped', prizes: [...prizes] }) },
        rest: prizes,
      }),
  );
  if (isRefusal(reply)) return notChangeable(reply);
  switch (reply[0]) {
    case 'dropped':
      return { kind: 'dropped', count: reply[1] };
    case 'not_there':
      return { kind: 'not_there', prizes: reply[1].flatMap((index) => prizes[index] ?? []) };
    default:
      return { kind: reply[0] };
  }
}
