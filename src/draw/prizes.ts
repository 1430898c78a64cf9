import { isOneLine } from './fair/one-line.ts';

export type PrizesResult =
  | { readonly kind: 'ok'; readonly prizes: readonly string[] }
  | { readonly kind: 'none' }
  /** These have a line break in them, or another control character: they would look like other prizes, or like several. */
  | { readonly kind: 'unprintable'; readonly prizes: readonly string[] }
  | { readonly kind: 'twice'; readonly prizes: readonly string[] };

/**
 * Trims prizes and drops blank ones. A prize is known by its name alone, so none may be given twice.
 * @returns the prizes as given, in their order, or what is wrong with them
 */
export function parsePrizes(given: readonly string[]): PrizesResult {
  const prizes = given.map((prize) => prize.trim()).filter((prize) => prize !== '');
  if (prizes.length === 0) return { kind: 'none' };
  const unprintable = prizes.filter((prize) => !isOneLine(prize));
  if (unprintable.length > 0) return { kind: 'unprintable', prizes: unprintable };
  const twice = prizes.filter((prize, index) => prizes.indexOf(prize) !== index);
  if (twice.length > 0) return { kind: 'twice', prizes: [...new Set(twice)] };
  return { kind: 'ok', prizes };
}

const collator = new Intl.Collator('en', { numeric: true });

/** Orders names as people do: "Sticker 2" before "Sticker 10". The same on every machine; never 0 for two names. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}
