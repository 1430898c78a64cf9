import type { ChannelFault } from './fault.ts';
import type { Trouble } from './record.ts';

/** How soon a first failure is tried again, and how rarely one that stays, in milliseconds. */
const FIRST = 1_000;
const RAREST = 5 * 60_000;

/** The trouble after one more failure: tried again ever more rarely, each time after twice as long. */
export function worse(before: Trouble | null, fault: ChannelFault, now: number): Trouble {
  const tries = (before?.tries ?? 0) + 1;
  const wait = fault.retryAfter ?? waitAfter(tries);
  return { problem: fault.problem, since: before?.since ?? now, tries, tryAt: now + wait };
}

/** How long to leave Slack alone yet, in milliseconds. */
export function stillToWait({ tryAt }: Trouble, now: number): number {
  // Whoever noted it may have had another clock.
  return Math.max(0, Math.min(tryAt - now, RAREST));
}

function waitAfter(tries: number): number {
  return Math.min(FIRST * 2 ** Math.min(tries - 1, 20), RAREST);
}
