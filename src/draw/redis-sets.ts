import type { Redis } from 'ioredis';
import { byBytes } from './fair/digest.ts';
import { type EntrantList, listInProcess } from './fair/entrant-list.ts';

/** About so many members are read in one step: Redis is busy with it for a few milliseconds. */
const STEP = 5_000;

/**
 * Reads a set in steps; nobody waits for the whole. While it does not change, each member comes at least once.
 * @param step about how many members to read at a time
 */
export async function* membersOf(redis: Redis, key: string, step = STEP): AsyncGenerator<readonly string[]> {
  let cursor = '0';
  do {
    const [next, batch] = await redis.sscan(key, cursor, 'COUNT', step);
    yield batch;
    cursor = next;
  } while (cursor !== '0');
}

/** Reads a sorted set whose scores are all the same, in steps, in the order of its members' bytes. */
async function* sortedMembersOf(redis: Redis, key: string): AsyncGenerator<readonly string[]> {
  let from = '-';
  for (;;) {
    const batch = await redis.zrangebylex(key, from, '+', 'LIMIT', 0, STEP);
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    from = `(${last}`;
  }
}

/**
 * Reads all entrants that a key holds, in steps: a set, or a sorted set as release 1 kept them.
 * @returns each once, sorted by their bytes
 * @throws when Redis does not answer, or the key holds something else
 */
export async function readEntrants(redis: Redis, key: string): Promise<readonly string[]> {
  const isSorted = (await redis.type(key)) === 'zset';
  const all: string[] = [];
  for await (const batch of isSorted ? sortedMembersOf(redis, key) : membersOf(redis, key)) {
    for (const name of batch) all.push(name);
  }
  return once(byBytes(all));
}

/** Takes out, in place, what comes twice: a set that grows or shrinks while it is read may give a member twice. */
function once(sorted: string[]): readonly string[] {
  let count = 0;
  for (const name of sorted) {
    if (count > 0 && name === sorted[count - 1]) continue;
    sorted[count++] = name;
  }
  sorted.length = count;
  return sorted;
}

/**
 * Reads all entrants that a key holds.
 * @param about how many there are, by what is known of them
 * @param purpose what they are read for: anybody may ask for checks, and no pick waits for these
 */
export type ReadEntrantList = (key: string, about: number, purpose: 'pick' | 'check') => Promise<EntrantList>;

/** Reads entrants into this process: everything else waits while they are sorted, and while something is computed from them. */
export function readInProcess(redis: Redis): ReadEntrantList {
  return async (key) => listInProcess(await readEntrants(redis, key));
}
