import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import { isRefusal, type NotChangeable, notChangeable } from './not-changeable.ts';
import { removeScript } from './scripts/changes.ts';
import { step } from './step.ts';

export type RemoveOutcome =
  | {
      readonly kind: 'removed';
      /** The chat member who entered it; undefined where that is not known. */
      readonly member: string | undefined;
      /** How many are still in. */
      readonly entrants: number;
    }
  | { readonly kind: 'not_in' }
  /** It is not in, as it was taken out before. */
  | { readonly kind: 'removed_before' }
  | NotChangeable;

/**
 * Takes an entrant out of the draw, who cannot enter it again.
 * @param login in lower case
 * @throws when Redis does not answer, or too late
 */
export async function remove(context: DrawContext, login: string): Promise<RemoveOutcome> {
  const reply = await step(context, (args) =>
    removeScript.run(context.redis, { keys: keysOf(context), args: { ...args, login } }),
  );
  if (isRefusal(reply)) return notChangeable(reply);
  if (reply[0] !== 'removed') return { kind: reply[0] };
  return { kind: 'removed', member: reply[1] || undefined, entrants: reply[2] };
}
