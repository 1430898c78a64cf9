import type { SectionBlock } from '@slack/types';
import { groupPrizes, type PrizeGroup } from '../../draw/prizes.ts';
import { DISPLAY } from './limits.ts';
import { list } from './parts.ts';

/** A prize as it is listed: several of a kind as `3 × Sticker`. */
export function prizeText({ name, count }: PrizeGroup): string {
  return count === 1 ? name : `${count} × ${name}`;
}

/** Prizes as they are listed. */
export interface ListedPrizes {
  /** Those of a kind together. */
  readonly lines: readonly string[];
  /** How many prizes are in none of the first so many lines. */
  left(shown: number): number;
}

/** Puts prizes of a kind together, to be listed. */
export function listedPrizes(prizes: readonly string[]): ListedPrizes {
  const groups = groupPrizes(prizes);
  const left = (shown: number): number => groups.slice(shown).reduce((sum, { count }) => sum + count, 0);
  return { lines: groups.map(prizeText), left };
}

/**
 * A list of prizes, those of a kind together; what does not fit is counted.
 * @param room characters that it may have
 */
export function prizeList(prizes: readonly string[], room: number = DISPLAY.list): SectionBlock {
  const { lines, left } = listedPrizes(prizes);
  return list(lines, 'prizes', room, left);
}
