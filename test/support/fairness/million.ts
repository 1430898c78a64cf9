import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** What others noticed while something was done. */
export interface Measured<T> {
  readonly result: T;
  readonly seconds: number;
  /** The longest that anything in this process had to wait for its turn, in milliseconds. */
  readonly eventLoop: number;
  /** The longest that Redis took to answer somebody else, in milliseconds. */
  readonly redis: number;
  /** How many questions of others it answered. */
  readonly answered: number;
  /** How much more memory this process had at most. */
  readonly megabytes: number;
}

/** Fills a draw with entrants and prizes, as another program would. */
export async function fill(redis: Redis, entrants: number, prizes: number): Promise<void> {
  const step = 10_000;
  for (let from = 0; from < entrants; from += step) {
    await redis.sadd(
      'prizedraw:entrants',
      ...Array.from({ length: step }, (_, index) => `entrant-${from + index + 1}`),
    );
  }
  await redis.sadd('prizedraw:prizes', ...Array.from({ length: prizes }, (_, index) => `Prize ${index + 1}`));
  await redis.set('prizedraw:is_open', 'true');
}

/** Does something, and measures what others notice of it: the rest of this process, and other users of its Redis. */
export async function measured<T>(url: string, work: () => Promise<T>): Promise<Measured<T>> {
  const other = new Redis(url);
  await other.ping();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const before = process.memoryUsage().rss;
  let isDone = false;
  let [slowest, answered, most] = [0, 0, before];
  const asking = (async () => {
    while (!isDone) {
      const begin = performance.now();
      await other.ping();
      slowest = Math.max(slowest, performance.now() - begin);
      answered++;
      most = Math.max(most, process.memoryUsage().rss);
      await sleep(5);
    }
  })();
  loop.enable();
  const begin = performance.now();
  const result = await work();
  const seconds = (performance.now() - begin) / 1000;
  loop.disable();
  isDone = true;
  await asking;
  other.disconnect();
  return { result, seconds, eventLoop: loop.max / 1e6, redis: slowest, answered, megabytes: (most - before) / 2 ** 20 };
}
