import type { Redis } from 'ioredis';
import { Replicas } from './replicas.ts';
import type { Given, Script } from './scripts/define.ts';
import type { KeyName } from './scripts/key-types.ts';

/**
 * Opens a connection of one's own, like another's. Once it is cut it stays so: one that came back by itself would watch
 * nothing (Redis's WATCH).
 * @throws when Redis does not answer
 */
export async function openLike(redis: Redis): Promise<Redis> {
  const own = redis.duplicate({
    retryStrategy: () => null,
    sentinelRetryStrategy: () => null,
    reconnectOnError: () => false,
  });
  own.on('error', () => {});
  if (own.status === 'wait') await own.connect();
  return own;
}

/**
 * Runs `work` on a connection of its own, on which keys are watched: a transaction that ends it is carried out only if none
 * of them has been changed by anyone in between, however much there is in them.
 * @param open opens the connection
 * @throws what `work` throws; when Redis does not answer, or the connection is cut, and with it the watch
 */
export async function withWatch<T>(
  open: () => Promise<Redis>,
  keys: readonly string[],
  work: (own: Redis) => Promise<T>,
): Promise<T> {
  const own = await open();
  try {
    await own.watch(...keys);
    return await work(own);
  } finally {
    own.disconnect();
  }
}

/**
 * Runs one script as a transaction of a connection that watches keys.
 * @returns its reply; undefined where nothing was carried out, as a watched key had changed
 * @throws the script's error; when Redis does not answer
 */
export async function runWatched<Key extends KeyName, Arg extends string, Reply>(
  own: Redis,
  script: Script<Key, Arg, Reply>,
  given: Given<Key, Arg>,
): Promise<Reply | undefined> {
  script.teach(own);
  const executed = script.queue(own.multi(), given).exec();
  const [done] = await Promise.all([executed, script.isKept ? Replicas.of(own).have() : undefined]);
  if (!done) return undefined;
  const [error, reply] = done[0] ?? [];
  if (error) throw error;
  return script.parse(reply, given);
}
