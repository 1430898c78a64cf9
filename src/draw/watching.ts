import type { Redis } from 'ioredis';
import { withScripts } from './scripts/index.ts';

/**
 * Runs `work` on a connection of its own, on which keys are watched (Redis's WATCH): a transaction that ends it is
 * carried out only if none of them has been changed by anyone in between, however much there is in them.
 * @throws what `work` throws; when Redis does not answer
 */
export async function watching<T>(redis: Redis, keys: readonly string[], work: (own: Redis) => Promise<T>): Promise<T> {
  const own = withScripts(redis.duplicate());
  own.on('error', () => {});
  try {
    if (own.status === 'wait') await own.connect();
    await own.watch(...keys);
    return await work(own);
  } finally {
    own.disconnect();
  }
}
