import type { Redis } from 'ioredis';
import { type ReadEntrantList, readInProcess } from '../draw/redis-sets.ts';
import { Slots } from './slots.ts';
import { NoThread, startThread } from './thread-list.ts';

/** So few entrants are read into this process: a thread would cost more, and nobody notices a few milliseconds. */
const FEW = 10_000;

/** So many lists are in memory at a time, about 100 MB for a million entrants each; who asks for more waits. */
const PICKS_AT_ONCE = 3;
const CHECKS_AT_ONCE = 1;

/** The program of a thread, as it was built: where the sources are run, tsx does not run them in threads. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/entrant-threads/thread.js' : './thread.js',
  import.meta.url,
);

export interface EntrantThreadsOptions {
  /** For lists that need no thread. */
  readonly redis: Redis;
  /** Where a thread finds the same Redis. */
  readonly redisUrl: string;
  readonly keyPrefix: string;
  /** Told when a thread cannot be started, and this process does its work. */
  readonly onProblem: (error: Error) => void;
  /** Another program for the threads, for tests. */
  readonly program?: URL;
}

/**
 * Reads all entrants of a draw, each list in a thread of its own where they are many: the process goes on meanwhile. A thread
 * lives until its list is closed.
 */
export function readInThreads({
  redis,
  redisUrl,
  keyPrefix,
  onProblem,
  program = PROGRAM,
}: EntrantThreadsOptions): ReadEntrantList {
  const slots = { pick: new Slots(PICKS_AT_ONCE), check: new Slots(CHECKS_AT_ONCE) };
  const readHere = readInProcess(redis);
  return async (key, about, purpose) => {
    if (about <= FEW) return readHere(key, about, purpose);
    const leave = await slots[purpose].take();
    try {
      return await startThread(program, { redisUrl, keyPrefix, key }, leave);
    } catch (error) {
      leave();
      if (!(error instanceof NoThread)) throw error;
      // Its file may be gone, or another version's. Whoever is in the draw does not suffer for that.
      onProblem(error);
      return readHere(key, about, purpose);
    }
  };
}
