import type { Redis } from 'ioredis';
import type { Keys } from './keys.ts';
import { type DrawRecord, parseRecord } from './record.ts';
import { ifUnreadable } from './unreadable.ts';

/**
 * Reads the record of a draw.
 * @returns undefined where there is none
 * @throws Unreadable; when Redis does not answer
 */
export async function readRecord(redis: Redis, keys: Keys, id: string): Promise<DrawRecord | undefined> {
  const own = keys.draw(id);
  const [record, won] = await Promise.all([redis.hgetall(own.record), redis.hgetall(own.won)]);
  return parseRecord(record, won);
}

/**
 * Reads the draws that are over, newest first; without those that this version cannot read.
 * @param most how many at most
 * @throws when Redis does not answer
 */
export async function readHistory(redis: Redis, keys: Keys, most: number): Promise<readonly DrawRecord[]> {
  const ids = await redis.zrevrange(keys.history, 0, most - 1);
  const records = await Promise.all(ids.map((id) => readRecord(redis, keys, id).catch(ifUnreadable(() => undefined))));
  return records.filter((record) => record !== undefined);
}
