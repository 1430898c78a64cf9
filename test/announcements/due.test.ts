import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim, plan } from '../../src/announcements/due.ts';
import { KEYS } from '../support/announcements/publishing.ts';
import { BACKENDS, type Backend, STAND_IN_AHEAD } from '../support/backends.ts';

describe.each(BACKENDS)('draws that are due, %s', (_, open) => {
  let backend: Backend;
  let redis: Redis;

  beforeEach(async () => {
    backend = await open();
    [redis] = backend.clients;
  });
  afterEach(() => backend.close());

  /** When a draw is planned, in milliseconds from now; undefined where it is not. */
  const planned = async (id: string): Promise<number | undefined> => {
    const at = await redis.zscore(KEYS.due, id);
    return at === null ? undefined : Number(at) - Date.now();
  };
  /** Has a draw be planned for so many milliseconds from now, whatever was planned. */
  const set = (id: string, wait: number): Promise<unknown> => redis.zadd(KEYS.due, Date.now() + wait, id);

  it('are taken; those that come later are not', async () => {
    await set('now', -1);
    await set('later', 60_000);
    const claimed = await claim(redis, KEYS);
    expect(claimed.ids).toEqual(['now']);
    expect(claimed.next).toBeGreaterThan(8_000);
    expect(claimed.next).toBeLessThanOrEqual(10_000);
  });

  it('are none where none is planned', async () => {
    expect(await claim(redis, KEYS)).toMatchObject({ ids: [], next: undefined });
  });

  it('are taken by one process at a time', async () => {
    await set('now', -1);
    await claim(redis, KEYS);
    const [, other] = backend.clients;
    expect((await claim(other, KEYS)).ids).toEqual([]);
  });

  it('are taken fifty at a time, the longest due first', async () => {
    for (let index = 0; index < 51; index++) await set(`draw-${index}`, index - 1_000);
    const first = await claim(redis, KEYS);
    expect(first.ids).toHaveLength(50);
    expect(first.ids[0]).toBe('draw-0');
    expect(first.next).toBe(0);
    expect((await claim(redis, KEYS)).ids).toEqual(['draw-50']);
  });

  it('come again where whoever took them has crashed', async () => {
    await set('now', -1);
    await claim(redis, KEYS);
    const wait = await planned('now');
    expect(wait).toBeGreaterThan(8_000);
    expect(wait).toBeLessThanOrEqual(10_000 + STAND_IN_AHEAD);
  });

  it('are planned anew by whoever took them, or not at all', async () => {
    for (const id of ['never', 'soon', 'later']) await set(id, -1);
    const { claimed } = await claim(redis, KEYS);
    await plan(redis, KEYS, 'never', undefined, claimed);
    await plan(redis, KEYS, 'soon', 2_000, claimed);
    await plan(redis, KEYS, 'later', 60_000, claimed);
    expect(await planned('never')).toBeUndefined();
    expect(await planned('soon')).toBeLessThanOrEqual(2_000 + STAND_IN_AHEAD);
    expect(await planned('later')).toBeGreaterThan(50_000);
  });

  it.each([undefined, 60_000])('are not forgotten where a step came in between (then planned: %s)', async (wait) => {
    await set('now', -1);
    const { claimed } = await claim(redis, KEYS);
    // As a step's script does it.
    await set('now', 0);
    await plan(redis, KEYS, 'now', wait, claimed);
    expect(await planned('now')).toBeLessThanOrEqual(0);
  });

  it.each([undefined, 60_000])(
    'are looked at once more where it took longer than that (then planned: %s)',
    async (wait) => {
      // A step in between has left it planned as it was: it was due already.
      const claimed = String(Date.now() - 100);
      await redis.zadd(KEYS.due, claimed, 'now');
      await plan(redis, KEYS, 'now', wait, claimed);
      // The stand-in's clock does not go evenly: it may be due a second later.
      await expect.poll(async () => (await claim(redis, KEYS)).ids, { timeout: 5_000 }).toEqual(['now']);
    },
  );

  it('are never put off by one who did not take them', async () => {
    await set('now', 5_000);
    await plan(redis, KEYS, 'now', 60_000);
    expect(await planned('now')).toBeLessThanOrEqual(5_000);
    await plan(redis, KEYS, 'now', 0);
    expect(await planned('now')).toBeLessThanOrEqual(STAND_IN_AHEAD);
  });
});
