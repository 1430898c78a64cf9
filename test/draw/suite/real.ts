import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProof } from '../../../src/draw/last-proof.ts';
import { createRedis } from '../../../src/redis.ts';
import { cacheProfiles, drawFixture, KEYS, nameOf, numbered, userJson, write } from '../../support/fixtures/draw.ts';
import type { TestRedis } from '../../support/redis.ts';

/** Connects as the bot does. */
export async function connect(url: string): Promise<Redis> {
  const redis = createRedis(url, 'prizedraw');
  await redis.connect();
  return redis;
}

/** Listens to every command that clients send, without those that scripts carry out. */
async function eavesdrop(url: string): Promise<{ sent(): Promise<readonly string[]>; close(): void }> {
  const commands: string[] = [];
  const client = new Redis(url);
  const monitor = await client.monitor();
  monitor.on('monitor', (_time: string, [command = '']: string[], source: string) => {
    if (source !== 'lua') commands.push(command.toLowerCase());
  });
  const sent = async () => {
    await pause(50);
    return [...commands];
  };
  const close = () => {
    monitor.disconnect();
    client.disconnect();
  };
  return { sent, close };
}

/**
 * Declares what only a real Redis can show: what it costs, and how many commands a step takes.
 * @param server gives a Redis that the tests may empty
 */
export function costs(server: () => TestRedis): void {
  let redis: Redis;

  beforeEach(async () => {
    redis = await connect(server().url);
    await redis.flushall();
  });
  afterEach(async () => {
    await redis.quit();
  });

  /** Runs a step and tells what the client sent for it, and how often Redis carried each command out. */
  const measure = async (step: () => Promise<unknown>) => {
    await server().resetStats();
    const ear = await eavesdrop(server().url);
    try {
      await step();
      const sent = await ear.sent();
      return { sent, stats: await server().commandstats() };
    } finally {
      ear.close();
    }
  };

  it('entering with a cached profile takes one round trip: one EVALSHA', async () => {
    const draw = drawFixture(redis).draw();
    await write(redis, { open: true });
    await cacheProfiles(redis, 'alice', 'bob');
    await draw.enter('alice', 'U1'); // From here on, Redis knows the script.
    const { sent, stats } = await measure(() => draw.enter('bob', 'U2'));
    expect(sent).toEqual(['evalsha']);
    expect(stats).toMatchObject({ evalsha: 1, sadd: 1 });
    expect(Object.keys(stats)).not.toContain('eval');
  });

  it('and so does entering when already in, or when the draw is closed', async () => {
    const draw = drawFixture(redis).draw();
    await write(redis, { open: true });
    await cacheProfiles(redis, 'alice');
    await draw.enter('alice');
    expect((await measure(() => draw.enter('alice'))).stats).toMatchObject({ evalsha: 1 });
    await draw.close();
    const { stats } = await measure(() => draw.enter('alice'));
    expect(stats).toMatchObject({ evalsha: 1 });
    expect(Object.keys(stats)).not.toContain('sadd');
  });

  it('entering with a look-up takes two', async () => {
    const draw = drawFixture(redis).draw();
    await write(redis, { open: true });
    await draw.enter('alice');
    const { sent, stats } = await measure(() => draw.enter('bob'));
    expect(sent).toEqual(['evalsha', 'evalsha']);
    expect(stats).toMatchObject({ evalsha: 2 });
  });

  it('a status takes one', async () => {
    const draw = drawFixture(redis).draw();
    await draw.status();
    expect((await measure(() => draw.status('U1'))).sent).toEqual(['evalsha']);
  });

  it('100 winners are read with one MGET', async () => {
    const draw = drawFixture(redis).draw();
    const logins = numbered('user', 100);
    await write(redis, { wins: logins.map((login, index) => ({ prize: `Prize ${index}`, login })) });
    await cacheProfiles(redis, ...logins);
    const { sent } = await measure(() => draw.winners());
    const reads = sent.filter((command) => !command.startsWith('eval'));
    expect(reads.toSorted()).toEqual(['exists', 'get', 'hgetall', 'hmget', 'mget']);
    // The record says whose winners they are; the first time, whether the bot has looked at this Redis before was asked too.
    expect((await measure(() => draw.winners())).sent.toSorted()).toEqual(['evalsha', 'get', 'hgetall', 'hmget']);
  });

  it('a script that Redis has forgotten is sent again', async () => {
    const draw = drawFixture(redis).draw();
    await draw.start(['A']);
    await redis.script('FLUSH');
    expect(await draw.enter('alice')).toMatchObject({ kind: 'entered' });
  });

  describe('a large draw', () => {
    it('of 5,000 prizes is shown and checked like any other', async () => {
      const draws = drawFixture(redis).draws();
      await draws.home.start(numbered('Prize ', 5_000));
      await redis.sadd(KEYS.entrants, ...numbered('user', 6_000));
      expect(await draws.home.pick()).toMatchObject({ kind: 'picked', entrants: 6_000 });
      // Looked up first, then as they are kept.
      for (const _ of [1, 2]) {
        const shown = await draws.home.winners();
        expect(new Set(shown.map(({ login }) => login)).size).toBe(5_000);
        expect(shown[0]).toMatchObject({ prize: 'Prize 1', name: nameOf(shown[0]?.login ?? '') });
      }
      expect((await draws.history(1))[0]?.wins).toHaveLength(5_000);
      const proof = await draws.home.lastProof();
      if (!isProof(proof)) throw new Error('There is no record.');
      expect(await draws.home.checkProof(proof, ['user1'])).toMatchObject({ verdict: 'unproven', out: 'these' });
    });

    it('of 10,000 prizes and 20,000 entrants is picked in one step, within the time that a command may take', async () => {
      const draw = drawFixture(redis).draw();
      await draw.start(numbered('Prize ', 10_000));
      await redis.sadd(KEYS.entrants, ...numbered('user', 20_000));
      await redis.set(KEYS.profile('user1'), userJson('user1'));
      expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 20_000 });
      expect(await redis.hlen(KEYS.winners)).toBe(10_000);
      expect(new Set(await redis.hvals(KEYS.winners)).size).toBe(10_000);
      expect(await redis.exists(KEYS.prizes, KEYS.entrants, KEYS.isOpen)).toBe(0);
    });
  });
}
