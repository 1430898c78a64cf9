import type { Redis } from 'ioredis';

/** Members in one step of reading: Redis is busy with it for a few milliseconds. */
const STEP = 2_000;

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
export async function* sortedMembersOf(redis: Redis, key: string): AsyncGenerator<readonly string[]> {
  let from = '-';
  for (;;) {
    const batch = await redis.zrangebylex(key, from, '+', 'LIMIT', 0, STEP);
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    from = `(${last}`;
  }
}

/** Copies a set to a sorted set, in steps. The set must not change meanwhile; who watches it will know. */
export async function copySorted(redis: Redis, from: string, to: string, expireSeconds: number): Promise<void> {
  await redis.unlink(to);
  for await (const batch of membersOf(redis, from)) {
    if (batch.length > 0) await redis.zadd(to, ...batch.flatMap((member) => [0, member]));
    await redis.expire(to, expireSeconds);
  }
}

/** Whether a set has the same members as a sorted set, read in steps. */
export async function hasSameMembers(redis: Redis, set: string, sorted: string): Promise<boolean> {
  const [count, other] = await Promise.all([redis.scard(set), redis.zcard(sorted)]);
  if (count !== other) return false;
  for await (const batch of membersOf(redis, set)) {
    if (batch.length === 0) continue;
    const scores = await redis.zmscore(sorted, ...batch);
    if (scores.some((score) => score === null)) return false;
  }
  return true;
}

/** Whether a set has all the members of a sorted set, read in steps. */
export async function hasAllMembers(redis: Redis, set: string, sorted: string): Promise<boolean> {
  for await (const batch of sortedMembersOf(redis, sorted)) {
    if ((await redis.smismember(set, ...batch)).includes(0)) return false;
  }
  return true;
}
