import type { Counts } from './draws.ts';

/** How evenly wins are spread. */
export interface Statistics {
  /** Chi-square, against equal chances. */
  readonly square: number;
  /** How many standard deviations that lies from what chance alone gives. */
  readonly z: number;
  /** The luckiest and the unluckiest entrant's wins, as a multiple of a fair share. */
  readonly most: number;
  readonly least: number;
}

/** Judges how often each entrant won in this many draws of one winner. */
export function statistics(counts: Counts, draws: number): Statistics {
  const fair = draws / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - fair) ** 2 / fair, 0);
  const freedom = counts.length - 1;
  return {
    square,
    z: (square - freedom) / Math.sqrt(2 * freedom),
    most: Math.max(...counts) / fair,
    least: Math.min(...counts) / fair,
  };
}
