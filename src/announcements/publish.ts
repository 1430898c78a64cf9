import { soonest } from '../draw/soonest.ts';
import { bring } from './bring.ts';
import type { Desired } from './desired.ts';
import type { Forms } from './form.ts';
import { LOOK_ON } from './look-through.ts';
import { findPending } from './look-up.ts';
import { ChannelError } from './messenger.ts';
import type { Publishing } from './publishing.ts';

/**
 * So long, a page of winners waits for one before it that is being looked for, in milliseconds: they are read in their order.
 * Whoever can never look into the channel announces them all the same.
 */
const LONGEST_HOLD = 60_000;

/** What publishing came to. */
export interface Published {
  /** When to look again, in milliseconds from now; undefined: when something happens. */
  readonly again: number | undefined;
  /** Why a message whose posting was cut off cannot be looked for; whatever else there is to do has been done. */
  readonly lookUpError: ChannelError | undefined;
}

/**
 * Brings a draw's messages in its channel to what they should be, each posted exactly once: that it is being posted is
 * kept first; where the answer did not arrive (a crash, a time-out), it is looked for before it is posted again. What
 * Slack refuses as it is gets a smaller form, which is kept before it is sent.
 * @param wanted the messages as they should be, in the forms that they have so far; pure
 * @throws ChannelError where the channel takes nothing now; TurnEnded; when Redis does not answer
 */
export async function publish(
  publishing: Publishing,
  wanted: (forms: Forms) => readonly Desired[],
): Promise<Published> {
  const { deliveries } = publishing;
  let again: number | undefined;
  let lookUpError: ChannelError | undefined;
  let holdFor = 0;
  const unknown = new Set<string>();
  const done = new Set<string>();
  for (;;) {
    const next = wanted(deliveries.forms).find(({ part }) => !done.has(part) && !unknown.has(part));
    if (next === undefined) return { again, lookUpError };
    const isWinners = next.content.kind === 'winners';
    if (isWinners && holdFor > 0 && deliveries.get(next.part)?.ts === undefined) {
      again = soonest(again, holdFor);
      unknown.add(next.part);
      continue;
    }
    try {
      if (!(await findPending(publishing, next.part))) {
        again = soonest(again, LOOK_ON);
        unknown.add(next.part);
      }
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      lookUpError = error;
      unknown.add(next.part);
    }
    if (unknown.has(next.part)) {
      if (isWinners) holdFor = Math.max(holdFor, leftToHold(publishing, next.part));
      continue;
    }
    const brought = await bring(publishing, next);
    // Which message of how many each is may be another now.
    if (brought.kind === 'again') done.clear();
    else done.add(next.part);
    if (brought.kind === 'later') again = soonest(again, brought.wait);
  }
}

/** For how long the pages after one that is being looked for wait yet, in milliseconds. */
function leftToHold({ deliveries, now }: Publishing, part: string): number {
  const since = deliveries.get(part)?.pendingSince;
  return since === undefined ? 0 : Math.min(since + LONGEST_HOLD - now(), LONGEST_HOLD);
}
