import type { ChainableCommander, Redis } from 'ioredis';
import { withScripts } from './scripts/index.ts';

/**
 * Runs `work` on a connection of its own, on which keys are watched (Redis's WATCH): a transaction that ends it is
 * carried out only if none of them has been changed by anyone in between, however much there is in them.
 * @throws what `work` throws; when Redis does not answer, or the connection is cut, and with it the watch
 */
export async function watching<T>(redis: Redis, keys: readonly string[], work: (own: Redis) => Promise<T>): Promise<T> {
  // A connection that came back by itself would watch nothing.
  const own = withScripts(redis.duplicate({ retryStrategy: () => null, reconnectOnError: () => false }));
  own.on('error', () => {});
  try {
    if (own.status === 'wait') await own.connect();
    await own.watch(...keys);
    return await work(own);
  } finally {
    own.disconnect();
  }
}

/** What a transaction was carried out with: replies, or errors in their places. */
type Done = NonNullable<Awaited<ReturnType<ChainableCommander['exec']>>>;

/**
 * The reply to the one script of a transaction that was carried out.
 * @throws the script's error
 */
export function replyOf([first]: Done): unknown {
  const [error, reply] = first ?? [];
  if (error) throw error;
  return reply;
}
