import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EntrantList } from '../../src/draw/fair/entrant-list.ts';
import { type ReadEntrantList, readInProcess } from '../../src/draw/redis-sets.ts';
import { readInThreads } from '../../src/entrant-threads/index.ts';
import { numbered } from '../support/fixtures/draw.ts';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.ts';

const skipped = !redisInstalled();

/** So many that they are read in a thread. */
const MANY = 1_000_000;

/** A program of a thread, as its text. */
const programOf = (text: string): URL =>
  new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';\n${text}`)}`);

describe.skipIf(skipped)(`entrants${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  let server: TestRedis;
  let redis: Redis;
  const lists: EntrantList[] = [];
  const problems: Error[] = [];
  /** Names that sort otherwise as strings than as bytes, among others. */
  const names = [...numbered('user', 500), 'é', 'Z', 'a\nb', '\u{1f3a9}', '\uffee', '\u{1f600}a', ''];
  const seed = Buffer.alloc(32, 5);

  beforeAll(async () => {
    server = await startRedis();
    redis = server.client();
    await redis.sadd('set', ...names);
    await redis.zadd('sorted', ...names.flatMap((name) => [0, name]));
    await redis.rpush('list', 'a');
  });
  afterEach(() => {
    for (const list of lists.splice(0)) list.close();
    problems.length = 0;
  });
  afterAll(() => server?.close());

  const reader = (program?: URL, redisUrl = server.url): ReadEntrantList => {
    const onProblem = (error: Error): void => void problems.push(error);
    const read = readInThreads({ redis, redisUrl, keyPrefix: 'prizedraw', onProblem, ...(program ? { program } : {}) });
    return async (key, about, purpose) => {
      const list = await read(key, about, purpose);
      lists.push(list);
      return list;
    };
  };
  const allOf = async (list: EntrantList) => ({
    digests: [await list.digest(1), await list.digest(2)],
    wins: await list.allot(seed, ['A', 'B', 'C']),
    ranks: await list.rank(seed, ['user1', '\u{1f3a9}', 'nobody']),
  });

  it.each(['set', 'sorted', 'none'])('of a %s come to the same in a thread as in this process', async (key) => {
    const inThread = await allOf(await reader()(key, MANY, 'pick'));
    expect(inThread).toEqual(await allOf(await readInProcess(redis)(key, MANY, 'pick')));
    expect(inThread.digests).toMatchObject(Array(2).fill({ count: key === 'none' ? 0 : names.length, inOrder: true }));
    expect(problems).toEqual([]);
  });

  it('are read in this process where they are few', async () => {
    expect(await (await reader(programOf('throw new Error("started")'))('set', 500, 'pick')).digest(2)).toMatchObject({
      count: names.length,
    });
    expect(problems).toEqual([]);
  });

  it.each([
    ['cannot be found', new URL('file:///nowhere/thread.js')],
    ['fails at once', programOf('throw new Error("no")')],
    ['is another version’s', programOf('parentPort.postMessage({ id: 0, answer: 2 })')],
    ['says something else', programOf('parentPort.postMessage("hello")')],
    ['ends at once', programOf('')],
  ])('are read in this process where the program of the thread %s', async (_what, program) => {
    expect(await (await reader(program)('set', MANY, 'pick')).digest(2)).toMatchObject({ count: names.length });
    expect(problems.map(({ name }) => name)).toEqual(['NoThread']);
  });

  it.each([
    ['are no entrants', 'list', () => server.url, /WRONGTYPE/],
    ['are on a Redis that is not there', 'set', () => 'redis://127.0.0.1:1', /Connection is closed|ECONNREFUSED/],
  ])('that %s cannot be read, and whoever asks is told', async (_what, key, url, words) => {
    const list = await reader(undefined, url())(key, MANY, 'pick');
    await expect(list.digest(2)).rejects.toThrow(words);
    await expect(list.allot(seed, ['A'])).rejects.toThrow(words);
  });

  it('whose thread ends by itself are told to be gone, to whoever waits and whoever asks then', async () => {
    const dies = programOf(
      'parentPort.on("message", () => process.exit(3)); parentPort.postMessage({ id: 0, answer: 1 })',
    );
    const list = await reader(dies)('set', MANY, 'pick');
    await expect(list.digest(2)).rejects.toThrow('has ended');
    await expect(list.digest(2)).rejects.toThrow('has ended');
    list.close();
  });

  it.each([
    ['pick', 3],
    ['check', 1],
  ] as const)(
    'for a %s are held by %i at a time: whoever comes then waits for one to be closed',
    async (purpose, most) => {
      const read = reader();
      const [first] = await Promise.all(Array.from({ length: most }, () => read('set', MANY, purpose)));
      let next: EntrantList | undefined;
      const reading = read('set', MANY, purpose).then((list) => {
        next = list;
      });
      await pause(300);
      expect(next).toBeUndefined();
      first?.close();
      first?.close();
      await reading;
      expect(await next?.digest(2)).toMatchObject({ count: names.length });
      await expect(first?.digest(2)).rejects.toThrow('let go');
    },
  );

  it('for a pick wait for no checks, however many are asked for', async () => {
    const read = reader();
    const checks = Array.from({ length: 5 }, () => read('set', MANY, 'check'));
    await checks[0];
    expect(await (await read('set', MANY, 'pick')).digest(2)).toMatchObject({ count: names.length });
    for (const check of checks) (await check).close();
  });
});
