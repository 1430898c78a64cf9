import type { Redis } from 'ioredis';
import { createRedis } from '../../src/redis.ts';
import { mockRedis } from '../support/redis.ts';
import * as support from '../support/stage.ts';
import type { Cast } from './cast.ts';
import { avatarOf } from './web/avatars.ts';

/**
 * Sets everything up. Redis is embedded, unless there is an address of a real one.
 * @param redisUrl a real Redis; the demo keeps to keys of its own there, and deletes them at the end
 */
export async function setStage(cast: readonly Cast[], redisUrl: string | undefined): Promise<support.Stage> {
  const redis = redisUrl === undefined ? mockRedis() : createRedis(redisUrl);
  const keyPrefix = `prizedraw-demo-${process.pid}`;
  const stage = await support.setStage({
    users: cast.map(({ name }) => name),
    organisers: cast.filter(({ isOrganiser }) => isOrganiser).map(({ name }) => name),
    gitHub: { users: cast.map(({ login, realName }) => ({ login, name: realName })), avatar: avatarOf },
    redis,
    config: { keyPrefix, logLevel: 'error' },
  });
  return {
    ...stage,
    close: async () => {
      await removeKeys(redis, keyPrefix);
      await stage.close();
    },
  };
}

async function removeKeys(redis: Redis, prefix: string): Promise<void> {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
}
