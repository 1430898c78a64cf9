import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { createDraws, type Draw } from '../../src/draw/index.ts';
import { createRedis } from '../../src/redis.ts';
import { dump, FakeProfiles, HOME, userJson } from '../support/fixtures/draw.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';

const skipped = !redisInstalled();
const why = skipped ? ' (skipped: redis-server is not installed here)' : '';

/** Longer than any step may be late, in milliseconds. */
const LONG = 4_500;

describe.skipIf(skipped).concurrent(`a Redis that freezes and wakes${why}`, () => {
  it.for<[string, (draw: Draw) => Promise<unknown>]>([
    ['start', (draw) => draw.start(['B'], undefined)],
    ['enter', (draw) => draw.enter('bob')],
    ['close', (draw) => draw.close()],
    ['pick', (draw) => draw.pick()],
  ])('does not carry out a late %s', async ([name, step], { expect, onTestFinished }) => {
    const server = await startRedis();
    onTestFinished(() => server.close());
    const redis = createRedis(server.url, 'prizedraw');
    redis.on('error', () => {});
    await redis.connect();
    const draw = createDraws({ redis, profiles: new FakeProfiles(), home: HOME }).home;
    await draw.start(['A'], undefined);
    await draw.enter('ada');
    await redis.set('prizedraw:profiles:bob', userJson('bob'));
    if (name === 'start') await draw.pick();
    const reader = server.client();
    const before = await dump(reader);

    server.pause();
    await expect(step(draw)).rejects.toThrow();
    await sleep(LONG);
    server.resume();

    // Answered after what was waiting in the socket.
    await redis.ping();
    expect(await dump(reader)).toEqual(before);
    redis.disconnect();
  });
});
