import type { DrawContext } from './context.ts';
import { MAX_DURATION } from './duration.ts';
import { keysOf } from './latest.ts';
import { isRefusal, type NotChangeable, notChangeable } from './not-changeable.ts';
import { extendScript } from './scripts/changes.ts';
import { step } from './step.ts';

export type ExtendOutcome =
  | {
      /** `timed`: it had no timer; `reopened`: it had closed, and is open again. */
      readonly kind: 'later' | 'timed' | 'reopened';
      readonly closesAt: Date;
    }
  /** It would close later than a draw may; how long it is open as it is, in milliseconds. */
  | { readonly kind: 'too_long'; readonly closesIn: number }
  | NotChangeable;

/**
 * Has the draw close later: by so much; without a timer, so long from now; a closed one is opened again for so long.
 * @param seconds as `parseDuration` returns them
 * @throws when Redis does not answer, or too late
 */
export async function extend(context: DrawContext, seconds: number): Promise<ExtendOutcome> {
  const reply = await step(context, (args) =>
    extendScript.run(context.redis, {
      keys: keysOf(context),
      args: { ...args, ms: seconds * 1000, most: MAX_DURATION * 1000 },
    }),
  );
  if (isRefusal(reply)) return notChangeable(reply);
  if (reply[0] === 'too_long') return { kind: 'too_long', closesIn: reply[1] };
  return { kind: reply[0], closesAt: new Date(reply[1]) };
}
