import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import { isRefusal, type NotChangeable, notChangeable } from './not-changeable.ts';
import { cancelScript } from './scripts/changes.ts';
import { step } from './step.ts';

export type CancelOutcome =
  /** How many had entered. */
  { readonly kind: 'cancelled'; readonly entrants: number } | NotChangeable;

/**
 * Cancels the draw: nobody wins, and the next one can be started.
 * @param reason as somebody wrote it; empty where they did not say
 * @throws when Redis does not answer, or too late
 */
export async function cancel(context: DrawContext, reason: string): Promise<CancelOutcome> {
  const reply = await step(context, (args) =>
    cancelScript.run(context.redis, { keys: keysOf(context), args: { ...args, reason } }),
  );
  if (isRefusal(reply)) return notChangeable(reply);
  return { kind: 'cancelled', entrants: reply[1] };
}
