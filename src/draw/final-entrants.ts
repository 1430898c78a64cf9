import { randomUUID } from 'node:crypto';
import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import type { DrawRecord } from './record.ts';
import { copySorted } from './redis-sets.ts';
import { keepEntrantsScript } from './scripts/index.ts';

/** How long a list of entrants is kept at least, in seconds: until it is known for how long a community wants it. */
export const KEEP_ENTRANTS = 365 * 86_400;

/** Longer lists of entrants are not kept, but of picks of ours that can be checked. */
export const MOST_KEPT = 100_000;

/** Another program that picks takes the entrants out one by one: whoever took part is known only before. */
export async function keepEntrants(context: DrawContext, { id }: DrawRecord): Promise<void> {
  const { redis, shared, keys } = context;
  const [count, kept] = await Promise.all([redis.scard(shared.entrants), redis.zcard(keys.draw(id).finalEntrants)]);
  if (count === 0 || count > MOST_KEPT || count === kept) return;
  const copy = keys.copy(randomUUID());
  await copySorted(redis, shared.entrants, copy, KEEP_ENTRANTS);
  await keepEntrantsScript.run(redis, {
    keys: { ...keysOf(context), record: keys.draw(id).record, final_entrants: keys.draw(id).finalEntrants, copy },
    args: { count },
  });
}
