import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../src/log.ts';
import { createRedis } from '../src/redis.ts';
import { trackKeys } from '../src/redis-tracking.ts';
import { KEYS } from './support/fixtures/draw.ts';
import { redisInstalled, startRedis, type TestRedis } from './support/redis.ts';

const skipped = !redisInstalled();
const PREFIXES = ['is_open', 'prizes', 'entrants', 'winners', 'C', 'G'].map((name) => `prizedraw:${name}`);
const elsewhere = KEYS.shared('C1');

describe.skipIf(skipped)('what another client of Redis changes', () => {
  let server: TestRedis;
  /** The bot's client, and another program's. */
  let own: Redis;
  let other: Redis;
  let changed: (string | undefined)[];
  let told: boolean[];
  let stop: () => void;

  const track = (redis: Redis): (() => void) =>
    trackKeys({
      redis,
      prefixes: PREFIXES,
      log: createLog('fatal', [], { write: () => {} }),
      onChange: (key) => changed.push(key),
      onTold: (isTold) => told.push(isTold),
    });

  beforeEach(async () => {
    server = await startRedis();
    other = server.client();
    own = createRedis(server.url, 'prizedraw');
    own.on('error', () => {});
    changed = [];
    told = [];
    await own.connect();
    stop = track(own);
    await isTold();
  });
  afterEach(async () => {
    stop();
    own.disconnect();
    await server.close();
  });

  const isTold = (): Promise<void> => vi.waitFor(() => expect(told.at(-1)).toBe(true), 10_000);
  const heard = (key: string | undefined): Promise<void> => vi.waitFor(() => expect(changed).toContain(key), 5_000);

  it.each([
    ['is_open of home', KEYS.isOpen, (key: string) => other.set(key, 'true', 'PX', 60_000)],
    ['the prizes of home', KEYS.prizes, (key: string) => other.sadd(key, 'A cap')],
    ['the entrants of home', KEYS.entrants, (key: string) => other.sadd(key, 'ada')],
    ['the winners of home', KEYS.winners, (key: string) => other.hset(key, 'A cap', 'ada')],
    ['is_open of a channel', elsewhere.isOpen, (key: string) => other.set(key, 'true')],
    ['the prizes of a channel', elsewhere.prizes, (key: string) => other.sadd(key, 'A cap')],
    ['the entrants of a channel', elsewhere.entrants, (key: string) => other.sadd(key, 'ada')],
    ['the winners of a channel', elsewhere.winners, (key: string) => other.hset(key, 'A cap', 'ada')],
  ])('is told: %s', async (_, key, change) => {
    await change(key);
    await heard(key);
  });

  it('is told each time, also of a key that is deleted or expires', async () => {
    for (const change of [() => other.set(KEYS.isOpen, 'true'), () => other.pexpire(KEYS.isOpen, 500)]) {
      await change();
      await heard(KEYS.isOpen);
      changed = [];
    }
    await vi.waitFor(async () => expect(await other.exists(KEYS.isOpen)).toBe(0), 5_000);
    await heard(KEYS.isOpen);
  });

  it('is told alone: not what is nobody else’s, nor what the bot writes itself', async () => {
    await own.sadd(KEYS.prizes, 'A cap');
    await other.set(KEYS.profile('ada'), '{}');
    await other.hset(KEYS.draws, 'C1', 'draw-1 open ');
    await other.sadd(KEYS.entrants, 'ada');
    await heard(KEYS.entrants);
    expect(changed).toEqual([KEYS.entrants]);
  });

  it('is told when everything is deleted', async () => {
    await other.set(KEYS.isOpen, 'true');
    await heard(KEYS.isOpen);
    await other.flushall();
    await heard(undefined);
  });

  it('is told again once the bot’s connection is back', async () => {
    told = [];
    await other.client('KILL', 'ID', await own.client('ID'));
    await vi.waitFor(() => expect(told).toContain(false), 5_000);
    await isTold();
    await other.set(KEYS.isOpen, 'true');
    await heard(KEYS.isOpen);
  });

  it('is told again once the connection is back that listens', async () => {
    told = [];
    await other.client('KILL', 'TYPE', 'PUBSUB');
    await vi.waitFor(() => expect(told).toContain(false), 5_000);
    await isTold();
    await other.set(KEYS.isOpen, 'true');
    await heard(KEYS.isOpen);
  });

  it('is told again once the connection that listens is dead, and nobody has closed it', async () => {
    stop();
    told = [];
    const duplicate = own.duplicate.bind(own);
    vi.spyOn(own, 'duplicate').mockImplementationOnce((options) => {
      const listener = duplicate(options);
      vi.spyOn(listener, 'ping').mockRejectedValueOnce(new Error('Command timed out'));
      return listener;
    });
    stop = track(own);
    await isTold();
    await vi.waitFor(() => expect(told).toEqual([true, false, true]), 10_000);
    await other.set(KEYS.isOpen, 'true');
    await heard(KEYS.isOpen);
  });

  it('is told again once Redis is back', async () => {
    told = [];
    await server.restart();
    await vi.waitFor(() => expect(told).toContain(false), 10_000);
    await isTold();
    await other.set(KEYS.isOpen, 'true');
    await heard(KEYS.isOpen);
  });

  it('is told no more once that is stopped', async () => {
    stop();
    told = [];
    stop = track(own);
    await isTold();
    await other.set(KEYS.isOpen, 'true');
    await heard(KEYS.isOpen);
    expect(changed).toEqual([KEYS.isOpen]);
  });

  it('is looked for where Redis does not tell it', async () => {
    stop();
    const client = vi.spyOn(own, 'client').mockRejectedValue(new Error('ERR unknown subcommand TRACKING'));
    told = [];
    stop = track(own);
    await vi.waitFor(() => expect(told).toContain(false), 5_000);
    expect(client).toHaveBeenCalled();
    expect(told).not.toContain(true);
    expect(await own.ping()).toBe('PONG');
  });
});
