import { randomInt } from 'node:crypto';
import type { Win } from './types.ts';

/**
 * Decides who wins what: as many pairs as there are prizes or entrants, whichever are fewer; no prize and no entrant
 * twice. It only decides; `pick` carries it out.
 */
export type Chooser = (prizes: readonly string[], entrants: readonly string[]) => readonly Win[];

/** Chooses uniformly: every entrant has the same chance of every prize, whatever order they come in. */
export const uniformChooser: Chooser = (prizes, entrants) => {
  const count = Math.min(prizes.length, entrants.length);
  const winners = sample(entrants, count);
  return sample(prizes, count).map((prize, index) => ({ prize, login: at(winners, index) }));
};

/** The first `count` steps of a Fisher-Yates shuffle, with `crypto.randomInt` (unbiased, not predictable). */
function sample(items: readonly string[], count: number): string[] {
  const pool = [...items];
  for (let index = 0; index < count; index++) {
    const other = randomInt(index, pool.length);
    const taken = at(pool, other);
    pool[other] = at(pool, index);
    pool[index] = taken;
  }
  return pool.slice(0, count);
}

function at(items: readonly string[], index: number): string {
  const item = items[index];
  if (item === undefined) throw new RangeError(`No item ${index} among ${items.length}`);
  return item;
}
