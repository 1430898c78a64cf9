import { z } from 'zod';
import type { ChannelError } from './messenger.ts';

/** How soon a first failure is tried again, and how rarely one that stays, in milliseconds. */
const FIRST = 1_000;
const RAREST = 5 * 60_000;

/**
 * Why nothing can be posted in a channel at the moment, and when it is tried again. Times in milliseconds since the epoch.
 * What a newer version adds is kept.
 */
export const retryState = z.looseObject({
  /** In plain words, with what to do. */
  problem: z.string(),
  since: z.number(),
  tries: z.number().int(),
  tryAt: z.number(),
  /** Whether Slack asked to wait so long: then nobody's haste shortens it. */
  isAsked: z.boolean().default(false),
});
export type RetryState = z.infer<typeof retryState>;

/**
 * The state after one more failure: tried again ever more rarely, each time after twice as long. A try before its time, for
 * somebody who waits, puts nothing off.
 */
export function afterFailure(before: RetryState | undefined, error: ChannelError, now: number): RetryState {
  if (before && error.retryAfter === undefined && leftToWait(before, now) > 0) {
    return { ...before, problem: error.problem };
  }
  const tries = (before?.tries ?? 0) + 1;
  const wait = error.retryAfter ?? Math.min(FIRST * 2 ** Math.min(tries - 1, 20), RAREST);
  const isAsked = error.retryAfter !== undefined;
  return { ...before, problem: error.problem, since: before?.since ?? now, tries, tryAt: now + wait, isAsked };
}

/** How long to leave the channel alone yet, in milliseconds. */
export function leftToWait({ tryAt }: RetryState, now: number): number {
  // Whoever noted it may have had another clock.
  return Math.max(0, Math.min(tryAt - now, RAREST));
}
