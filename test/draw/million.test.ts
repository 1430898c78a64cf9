import { describe, expect, it } from 'vitest';
import { createDraws } from '../../src/draw/index.ts';
import { createRedis } from '../../src/redis.ts';
import { fill, measured } from '../support/fairness/million.ts';
import { FakeProfiles, HOME, recordKeys } from '../support/fixtures/draw.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';

const skipped = !redisInstalled();

describe.skipIf(skipped)(`a million entrants${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  it('are drawn from, and others are answered meanwhile', async () => {
    const server = await startRedis();
    await fill(server.client(), 1_000_000, 100);
    const redis = createRedis(server.url, 'prizedraw');
    await redis.connect();
    const draw = createDraws({ redis, profiles: new FakeProfiles(), home: HOME }).home;
    const { result, answered, megabytes } = await measured(server.url, () => draw.pick());
    expect(result).toMatchObject({ kind: 'picked', entrants: 1_000_000 });
    // How long each waited is measured by `npm run fairness`; here, that they did not wait for the end.
    expect(answered).toBeGreaterThan(100);
    expect(megabytes).toBeLessThan(200);
    expect(await redis.zcard((await recordKeys(redis)).finalEntrants)).toBe(1_000_000);
    expect(await redis.hlen('prizedraw:winners')).toBe(100);
    redis.disconnect();
    await server.close();
  }, 180_000);
});
