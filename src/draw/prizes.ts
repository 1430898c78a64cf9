import { isOneLine } from './fair/one-line.ts';

/** The most prizes of a kind, and of a draw. */
export const MAX_QUANTITY = 100;
export const MAX_PRIZES = 500;

/** A prize as an organiser gives it. */
export interface GivenPrize {
  readonly name: string;
  /** How many of it there are. */
  readonly quantity: number;
}

export type PrizesResult =
  | { readonly kind: 'ok'; readonly prizes: readonly string[] }
  | { readonly kind: 'none' }
  /** These have a line break in them, or another control character: they would look like other prizes, or like several. */
  | { readonly kind: 'unprintable'; readonly prizes: readonly string[] }
  /** Of these there are none, or more than `MAX_QUANTITY`. */
  | { readonly kind: 'quantity'; readonly prizes: readonly GivenPrize[] }
  /** Together they are more than `MAX_PRIZES`. */
  | { readonly kind: 'too_many'; readonly count: number }
  | { readonly kind: 'twice'; readonly prizes: readonly string[] };

/**
 * Trims prizes, drops blank ones, and makes as many of each as there are. A prize is known by its name alone, so three of a
 * kind get three names, and no two may come to the same one.
 * @returns the names, in the order given, or what is wrong with them
 */
export function parsePrizes(given: readonly GivenPrize[]): PrizesResult {
  const prizes = given.map(({ name, quantity }) => ({ name: name.trim(), quantity })).filter(({ name }) => name !== '');
  if (prizes.length === 0) return { kind: 'none' };
  const unprintable = prizes.filter(({ name }) => !isOneLine(name));
  if (unprintable.length > 0) return { kind: 'unprintable', prizes: unprintable.map(({ name }) => name) };
  const uncountable = prizes.filter(({ quantity }) => quantity < 1 || quantity > MAX_QUANTITY);
  if (uncountable.length > 0) return { kind: 'quantity', prizes: uncountable };
  const count = prizes.reduce((sum, { quantity }) => sum + quantity, 0);
  if (count > MAX_PRIZES) return { kind: 'too_many', count };
  const names = prizes.flatMap(namesOf);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) return { kind: 'twice', prizes: [...new Set(twice)] };
  return { kind: 'ok', prizes: names };
}

function namesOf({ name, quantity }: GivenPrize): readonly string[] {
  if (quantity === 1) return [name];
  return Array.from({ length: quantity }, (_, index) => `${name} (${index + 1} of ${quantity})`);
}

/** Prizes of a kind, or one by itself. */
export interface PrizeGroup {
  /** What they have in common; of one by itself, its whole name. */
  readonly name: string;
  readonly count: number;
}

/** The end of a name that `namesOf` makes: which it is, and of how many. */
const ONE_OF = / \(([1-9]\d{0,2}) of ([1-9]\d{0,2})\)$/;

/**
 * Puts those together that were given as several of a kind, some of which may have left since. Only the names tell: the same
 * name, of the same number. One that is left alone keeps its whole name: there is nothing to put together, and it is by that
 * name that it is won, or dropped.
 * @returns the groups, each in the place of its first prize
 */
export function groupPrizes(prizes: readonly string[]): readonly PrizeGroup[] {
  const groups: { readonly first: string; readonly name: string; count: number }[] = [];
  const ofKind = new Map<string, (typeof groups)[number]>();
  for (const prize of prizes) {
    const kind = kindOf(prize);
    const known = kind && ofKind.get(kind.key);
    if (known) {
      known.count += 1;
      continue;
    }
    const group = { first: prize, name: kind?.name ?? prize, count: 1 };
    groups.push(group);
    if (kind) ofKind.set(kind.key, group);
  }
  return groups.map(({ first, name, count }) => ({ name: count === 1 ? first : name, count }));
}

/** Of which kind a prize is one; undefined where no start can have made its name of a quantity. */
function kindOf(prize: string): { readonly name: string; readonly key: string } | undefined {
  const match = ONE_OF.exec(prize);
  if (match === null) return undefined;
  const name = prize.slice(0, match.index);
  const total = Number(match[2]);
  if (name === '' || name !== name.trim() || Number(match[1]) > total || total > MAX_QUANTITY) return undefined;
  return { name, key: `${total} ${name}` };
}

const collator = new Intl.Collator('en', { numeric: true });

/** Orders names as people do: "Sticker 2" before "Sticker 10". The same on every machine; never 0 for two names. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}
