import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import type { DrawRecord } from './record.ts';
import { keepEntrantsScript } from './scripts/index.ts';

/** How long a list of entrants is kept at least, in seconds: until it is known for how long a community wants it. */
export const KEEP_ENTRANTS = 365 * 86_400;

/**
 * Longer lists of entrants are not kept, but of picks of ours that can be checked: Redis takes about 30 milliseconds to copy
 * this many, in which it answers nobody.
 */
export const MOST_KEPT = 100_000;

/** Another program that picks takes the entrants out one by one: whoever took part is known only before. */
export async function keepEntrants(context: DrawContext, { id }: DrawRecord): Promise<void> {
  const { redis, keys } = context;
  const { record, finalEntrants: final_entrants } = keys.draw(id);
  await keepEntrantsScript.run(redis, {
    keys: { ...keysOf(context), record, final_entrants },
    args: { most_kept: MOST_KEPT, keep: KEEP_ENTRANTS },
  });
}
