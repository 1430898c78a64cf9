import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Draws } from '../../src/draw/index.ts';
import { isOver } from '../../src/draw/record.ts';
import { drawFixture, HOME, KEYS } from '../support/fixtures/draw.ts';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.ts';

type Step = (redis: Redis, draws: Draws) => Promise<unknown>;

/** What another program may do to the shared keys. */
const THEIRS: Readonly<Record<string, Step>> = {
  'DEL is_open': (redis) => redis.del(KEYS.isOpen),
  'SET is_open': (redis) => redis.set(KEYS.isOpen, 'true'),
  'SADD A': (redis) => redis.sadd(KEYS.prizes, 'A'),
  'SADD B': (redis) => redis.sadd(KEYS.prizes, 'B'),
  'DEL prizes': (redis) => redis.del(KEYS.prizes),
  'SPOP prizes': (redis) => redis.spop(KEYS.prizes),
  'SADD ada': (redis) => redis.sadd(KEYS.entrants, 'ada'),
  'SADD bob': (redis) => redis.sadd(KEYS.entrants, 'bob'),
  'SPOP entrants': (redis) => redis.spop(KEYS.entrants),
  'DEL entrants': (redis) => redis.del(KEYS.entrants),
  'HSET A ada': (redis) => redis.hset(KEYS.winners, 'A', 'ada'),
  'HSET B bob': (redis) => redis.hset(KEYS.winners, 'B', 'bob'),
  'DEL winners': (redis) => redis.del(KEYS.winners),
};

const OURS: Readonly<Record<string, Step>> = {
  start: (_redis, draws) => draws.home.start(['A', 'B']),
  'start C': (_redis, draws) => draws.home.start(['C'], 60),
  'enter ada': (_redis, draws) => draws.home.enter('ada', 'U1'),
  'enter cyd': (_redis, draws) => draws.home.enter('cyd', 'U2'),
  close: (_redis, draws) => draws.home.close(),
  pick: (_redis, draws) => draws.home.pick(),
  'ask for a pick': (_redis, draws) => draws.home.askForPick('U1'),
  resume: (_redis, draws) => draws.home.resume(0),
  winners: (_redis, draws) => draws.home.winners(),
  look: (_redis, draws) => draws.home.observe(),
  advance: (_redis, draws) => draws.home.advance(),
};
const STEPS = { ...THEIRS, ...OURS };

const skipped = !redisInstalled();
const why = skipped ? ' (skipped: redis-server is not installed here)' : '';

describe.skipIf(skipped)(`whatever is done, by the bot and by another program, in any order${why}`, () => {
  let server: TestRedis;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis();
    redis = server.client();
  });
  afterAll(() => server.close());

  const check = async (names: readonly string[]): Promise<void> => {
    await redis.flushall();
    let hours = 0;
    // Nobody waits for whoever has asked for a pick before.
    const draws = drawFixture(redis).draws({ now: () => new Date(Date.now() + 3_600_000 * hours++) });
    for (const name of names) await STEPS[name]?.(redis, draws);
    const { entered } = await draws.home.status('U1');
    expect(entered.filter((login) => login !== 'ada')).toEqual([]);

    const over = await draws.history(100);
    expect(over.map(({ number }) => number)).toEqual(over.map((_, index) => over.length - index));
    expect(over.filter(({ phase }) => !isOver(phase))).toEqual([]);
    const [last] = (await draws.registry()).entries;
    const records = (await redis.keys('prizedraw:slack:draw:*')).filter((key) => key.split(':').length === 4);
    // Every draw is over but the last, and none is lost.
    expect(new Set([...over.map(({ id }) => id), ...(last ? [last.id] : [])]).size).toBe(records.length);
    if (last) expect(await draws.record(last.id)).toMatchObject({ channel: HOME, phase: last.phase });
  };

  it('can be told apart, is written down, and leaves no step undone', async () => {
    const steps = fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 3, maxLength: 20 });
    await fc.assert(fc.asyncProperty(steps, check), { numRuns: 200 });
  }, 120_000);
});
