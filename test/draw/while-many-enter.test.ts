import { describe, expect, it } from 'vitest';
import { drawFixture, KEYS, recordKeys } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

const SNAPSHOT = 'script:draw/scripts/snapshot.lua';

describe('while somebody enters at each look', () => {
  it('the number of entrants is written down at once, and looked at again in good time', async () => {
    const redis = mockRedis();
    const draw = drawFixture(redis).draw();
    await draw.start(['A fork']);
    await draw.observe();
    const read = redis[SNAPSHOT];
    let looks = 0;
    redis[SNAPSHOT] = async (...given) => {
      const reply = await read?.apply(redis, given);
      looks += 1;
      await draw.enter(`member-${looks}`, `U${looks}`);
      return reply;
    };
    await draw.enter('ada', 'U0');
    const { record, again } = await draw.observe();
    expect({ looks, again, entrants: record?.entrants }).toEqual({ looks: 2, again: undefined, entrants: 1 });
    const due = Number(await redis.zscore(KEYS.due, record?.id ?? ''));
    expect(due - Date.now()).toBeLessThan(10_000);

    // And no sooner, where nothing else was planned.
    await redis.zrem(KEYS.due, record?.id ?? '');
    await draw.observe();
    expect(Number(await redis.zscore(KEYS.due, record?.id ?? '')) - Date.now()).toBeGreaterThan(500);
    expect(await redis.hget((await recordKeys(redis)).record, 'entrants')).toBe('3');
  });
});
