import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { createDraws } from '../../src/draw/index.ts';
import { isProof } from '../../src/draw/last-proof.ts';
import { readInThreads } from '../../src/entrant-threads/index.ts';
import { createRedis } from '../../src/redis.ts';
import { fill, measured } from '../support/fairness/million.ts';
import { FakeBeacon, FakeProfiles, HOME, recordKeys } from '../support/fixtures/draw.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';

const skipped = !redisInstalled();
const problems: Error[] = [];

/** Does something, and tells for what part of that time this process could do nothing else. */
async function busyDuring<T>(work: () => Promise<T>): Promise<{ readonly done: T; readonly busy: number }> {
  const before = performance.eventLoopUtilization();
  const done = await work();
  return { done, busy: performance.eventLoopUtilization(before).utilization };
}

it.skipIf(skipped)(
  `a million entrants are read once and drawn from, and the process goes on${skipped ? ' (skipped: redis-server is not installed here)' : ''}`,
  async () => {
    const server = await startRedis();
    await fill(server.client(), 1_000_000, 1_000);
    const redis = createRedis(server.url, 'prizedraw');
    await redis.connect();
    const readEntrantList = readInThreads({
      redis,
      redisUrl: server.url,
      keyPrefix: 'prizedraw',
      onProblem: (error) => problems.push(error),
    });
    const beacon = new FakeBeacon();
    const options = { redis, profiles: new FakeProfiles(), home: HOME, readEntrantList, beacon };
    const draws = createDraws({ ...options, randomness: 'drand' });
    await server.resetStats();
    // As a command and the worker do it: one commits, the other carries out, in the same process.
    const { done: pick, busy } = await busyDuring(() =>
      measured(server.url, async () => {
        expect(await draws.home.askForPick('U1')).toMatchObject({ kind: 'committed' });
        return draws.home.resume(0);
      }),
    );
    expect(pick.result).toMatchObject({ kind: 'picked', entrants: 1_000_000 });
    const { sscan = 0, ...commands } = await server.commandstats();
    // In steps of five thousand; a second reading would have needed as many again.
    expect(sscan).toBeGreaterThan(150);
    expect(sscan).toBeLessThan(300);
    expect(Object.keys(commands).filter((name) => /^z(?:add|mscore|range)|sunionstore|^copy$/.test(name))).toEqual([
      'zadd',
    ]);
    expect(commands['zadd']).toBeLessThan(10);
    const { finalEntrants } = await recordKeys(redis);
    expect(await redis.scard(finalEntrants)).toBe(1_000_000);
    expect(await redis.hlen('prizedraw:winners')).toBe(1_000);
    expect(await redis.exists('prizedraw:entrants')).toBe(0);

    const proof = await draws.home.lastProof();
    if (!isProof(proof)) throw new Error('There is no record.');
    const check = await busyDuring(() => measured(server.url, () => draws.home.checkProof(proof, ['entrant-7'])));
    expect(check.done.result).toMatchObject({ ranks: [{ rank: expect.any(Number) }], out: 'these' });
    expect(check.done.result.steps.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    for (const { megabytes } of [pick, check.done]) expect(megabytes).toBeLessThan(250);
    // How long others waited is measured by `npm run fairness`; here, that this process did not do the work itself.
    for (const part of [busy, check.busy]) expect(part).toBeLessThan(0.5);
    expect(problems).toEqual([]);
    redis.disconnect();
    await server.close();
  },
  180_000,
);
