import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../src/log.ts';
import { createRedis } from '../src/redis.ts';
import { type RedisHealth, watchRedis } from '../src/redis-health.ts';
import { shownAddress } from '../src/redis-url.ts';
import { redisInstalled, startRedis, type TestRedis } from './support/redis.ts';
import { Road } from './support/road.ts';

describe('shownAddress', () => {
  it.each([
    ['redis://127.0.0.1:6379/0', 'redis://127.0.0.1:6379/0'],
    ['redis://localhost', 'redis://localhost'],
    ['redis://:s3cret@127.0.0.1:6379/0', 'redis://127.0.0.1:6379/0'],
    ['redis://somebody:s3cret@redis.example:6380/2', 'redis://redis.example:6380/2'],
    ['rediss://somebody:s3cret%40@redis.example/', 'rediss://redis.example/'],
    ['redis://somebody@redis.example', 'redis://redis.example'],
    ['redis://redis.example:6379/0?password=s3cret&username=somebody', 'redis://redis.example:6379/0'],
    ['redis://[::1]:6379', 'redis://[::1]:6379'],
  ])('of %s is %s', (url, shown) => {
    expect(shownAddress(url)).toBe(shown);
  });
});

// In CI these tests are never skipped: without redis-server, this fails.
const skipped = !redisInstalled();
const why = skipped ? ' (skipped: redis-server is not installed here; Debian: apt-get install redis-server)' : '';

describe.skipIf(skipped)(`the Redis client${why}`, () => {
  let server: TestRedis | undefined;
  let direct: Redis;
  let road: Road;
  let redis: Redis;
  let lines: string[];
  let errors: string[];
  let health: RedisHealth;

  /** Connects over the road and watches, as the bot does. */
  const begin = (credentials = ''): void => {
    const url = `redis://${credentials}127.0.0.1:${road.port}/0`;
    redis = createRedis(url, 'prizedraw');
    const log = createLog('info', [], { write: (line: string) => void lines.push(line) });
    errors = [];
    health = watchRedis(redis, url, log, 'probe', (kind) => errors.push(kind));
    redis.connect().catch(() => {});
  };
  const answers = async (): Promise<boolean> => (await health.look()) === undefined;
  const ready = (): Promise<void> => vi.waitFor(() => expect(redis.status).toBe('ready'), { timeout: 4000 });
  /** Ends every connection and waits until the client has seen it. */
  const cut = async (): Promise<void> => {
    await road.close();
    await vi.waitFor(() => expect(redis.status).not.toBe('ready'));
  };
  const levels = (): unknown[] => lines.map((line) => JSON.parse(line).level);

  beforeAll(async () => {
    server = await startRedis();
    direct = createRedis(server.url, 'prizedraw');
    await direct.connect();
  });
  beforeEach(async () => {
    await direct.flushall();
    road = new Road(server?.port ?? 0);
    lines = [];
    await road.open();
  });
  afterEach(async () => {
    health.stop();
    redis.disconnect();
    await road.close();
  });
  afterAll(async () => {
    await direct.quit();
    await server?.close();
  });

  it('says nothing while all is well', async () => {
    begin();
    await ready();
    await redis.set('a', '1');
    expect(await redis.get('a')).toBe('1');
    expect(await answers()).toBe(true);
    expect(lines).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('fails commands at once while Redis is away, and works again after, with one line for each', async () => {
    begin();
    await ready();
    for (let outage = 1; outage <= 2; outage++) {
      await cut();
      const begun = performance.now();
      const late = await Promise.allSettled(Array.from({ length: 5 }, () => redis.incr('late')));
      expect(late.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
      expect(await answers()).toBe(false);
      expect(performance.now() - begun).toBeLessThan(1_200);
      await pause(500); // Time for several attempts, none of which may add a line.
      expect(levels()).toEqual(
        Array.from({ length: 2 * outage - 1 }, (_, line) => (line % 2 === 0 ? 'error' : 'info')),
      );

      // Asked a moment before Redis is back, a command has failed all the same: none waits in a queue.
      const tooEarly = redis.incr('late').catch((error: unknown) => error);
      await road.open();
      await ready();
      expect(await tooEarly).toBeInstanceOf(Error);
      expect(await answers()).toBe(true);
      expect(levels().length).toBe(2 * outage);
    }
    await pause(100);
    expect(await redis.get('late')).toBeNull();
    expect(lines[0]).toContain(`redis://127.0.0.1:${road.port}/0`);
    expect(lines[0]).toContain('redis-server');
    expect(lines[1]).toContain('back');
    expect(errors.filter((kind) => kind === 'lost')).toHaveLength(2);
    expect(errors).toContain('away');
  });

  it('comes up without Redis, says so once, and shows neither user nor password', async () => {
    await road.close();
    begin('somebody:s3cret@');
    await pause(400);
    await expect(redis.get('a')).rejects.toThrow();
    expect(levels()).toEqual(['error']);
    expect(lines.join()).not.toMatch(/s3cret|somebody/);
    expect(lines.join()).toContain('ECONNREFUSED');
  });

  it('comes up by itself when Redis is there at last', async () => {
    await road.close();
    begin();
    await pause(100);
    await road.open();
    await ready();
    expect(await redis.set('a', '1')).toBe('OK');
    expect(levels()).toEqual(['error', 'info']);
  });

  it('says once that the password is refused, and never the password', async () => {
    await direct.config('SET', 'requirepass', 'right');
    begin(':s3cret@');
    await vi.waitFor(() => expect(levels()).toEqual(['error']));
    await pause(600);
    expect(levels()).toEqual(['error']);
    expect(lines.join()).toContain('WRONGPASS');
    expect(lines.join()).not.toContain('s3cret');
    expect(errors).toContain('refuses');
    await direct.config('SET', 'requirepass', '');
  });

  it('gives a command up that Redis does not answer, in less than Slack’s 3 seconds, and never sends it again', async () => {
    begin();
    await ready();
    road.swallow = true;
    const begun = performance.now();
    const answered = answers();
    await expect(redis.incr('once')).rejects.toThrow();
    expect(await answered).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_900);
    await vi.waitFor(() => expect(errors).toContain('timeout'), { timeout: 8_000 });
    await cut();
    road.swallow = false;
    await road.open();
    await ready();
    expect(await redis.get('once')).toBe('1');
  }, 20_000);

  it('never sends a command again that was under way when the connection ended', async () => {
    begin();
    await ready();
    road.swallow = true;
    const incremented = redis.incr('once').catch((error: unknown) => error);
    await vi.waitFor(async () => expect(await direct.get('once')).toBe('1'));
    await cut();
    expect(await incremented).toBeInstanceOf(Error);
    road.swallow = false;
    await road.open();
    await ready();
    await pause(100);
    expect(await redis.get('once')).toBe('1');
  });

  it('leaves a server that has become a replica, and works with the one that is at its address now', async () => {
    const other = await startRedis();
    begin();
    await ready();
    await direct.replicaof('127.0.0.1', other.port);
    road.target = other.port;
    await expect(redis.set('a', '1')).rejects.toThrow('READONLY');
    expect(health.problem()?.kind).toBe('READONLY');
    await vi.waitFor(() => expect(health.problem()).toBeUndefined(), { timeout: 8_000 });
    expect(await redis.set('a', '2')).toBe('OK');
    expect(await other.client().get('a')).toBe('2');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      expect.stringContaining('takes no changes (READONLY)'),
      expect.stringContaining('is back'),
    ]);
    await direct.replicaof('NO', 'ONE');
    await other.close();
  }, 20_000);

  it('knows that memory is full, and when it is no longer', async () => {
    begin();
    await ready();
    await direct.config('SET', 'maxmemory', '1');
    await expect(redis.set('a', '1')).rejects.toThrow('OOM');
    // What only reads works all the same.
    expect(await redis.get('a')).toBeNull();
    expect((await health.look())?.kind).toBe('OOM');
    expect(lines.join()).toContain('its memory is full (OOM)');
    expect(errors).toContain('OOM');
    await direct.config('SET', 'maxmemory', '0');
    await vi.waitFor(() => expect(health.problem()).toBeUndefined(), { timeout: 8_000 });
    expect(levels()).toEqual(['error', 'info']);
  }, 20_000);

  it('tells of a reply that is an error, but not of a script that Redis does not know yet', async () => {
    begin();
    await ready();
    redis.defineCommand('echoed', { numberOfKeys: 0, lua: `return '${Math.random()}'` });
    await Reflect.get(redis, 'echoed').call(redis);
    expect(errors).toEqual([]);
    await redis.set('a', 'text');
    await expect(redis.lpush('a', 'x')).rejects.toThrow('WRONGTYPE');
    expect(errors).toEqual(['other']);
  });

  it('says nothing more once nobody watches', async () => {
    begin();
    await ready();
    health.stop();
    redis.disconnect();
    await pause(50);
    expect(lines).toEqual([]);
  });
});
