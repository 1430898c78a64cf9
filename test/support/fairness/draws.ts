import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { allot } from '../../../src/draw/fair/allot.ts';

/** How often each entrant won, in the order of the entrants. */
export type Counts = readonly number[];

/** Draws one winner again and again by our pick, each time with a new seed. */
export async function byOurPick(draws: number, entrants: readonly string[]): Promise<Counts> {
  const wins = new Map<string, number>();
  for (let draw = 0; draw < draws; draw++) {
    for (const { login } of allot(randomBytes(32), entrants, ['A prize'])) {
      wins.set(login, (wins.get(login) ?? 0) + 1);
    }
  }
  return entrants.map((login) => wins.get(login) ?? 0);
}

/** Draws one winner again and again by SPOP; whoever won is put back. */
export async function bySpop(redis: Redis, draws: number, entrants: readonly string[]): Promise<Counts> {
  await redis.sadd('fairness', ...entrants);
  const script = `
    for _ = 1, tonumber(ARGV[1]) do
      local login = redis.call('SPOP', KEYS[1])
      redis.call('HINCRBY', KEYS[2], login, 1)
      redis.call('SADD', KEYS[1], login)
    end`;
  for (let left = draws; left > 0; left -= 5_000) {
    await redis.eval(script, 2, 'fairness', 'wins', Math.min(left, 5_000));
  }
  const wins = await redis.hgetall('wins');
  return entrants.map((login) => Number(wins[login] ?? 0));
}
