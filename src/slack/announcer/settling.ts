import type { DrawStatus } from '../../draw/status.ts';
import type { Win } from '../../draw/types.ts';
import { digestOf } from './record.ts';

/** Another program's winners are final when they have been the same for this long, in milliseconds. */
const SAME_FOR = 1_000;

/** As long as both prizes and entrants are left, it may still be picking, in milliseconds. */
const SAME_FOR_WHILE_PICKING = 8_000;

/**
 * Tells when winners are final that another program has picked: it may write them one by one, and whoever announced
 * those that are there already would announce them again with the others.
 */
export class Settling {
  #seen = '';
  #since = 0;

  /**
   * @param now in milliseconds, from any moment
   * @returns how long to wait before looking at them again, in milliseconds; 0: they are final
   */
  wait(wins: readonly Win[], { prizes, entrants }: DrawStatus, now: number): number {
    const digest = digestOf(wins);
    if (digest !== this.#seen) {
      this.#seen = digest;
      this.#since = now;
    }
    const same = prizes.length > 0 && entrants > 0 ? SAME_FOR_WHILE_PICKING : SAME_FOR;
    return Math.min(Math.max(0, this.#since + same - now), SAME_FOR);
  }
}
