import type { Redis } from 'ioredis';
import { createRedis } from '../../../src/redis.ts';
import { shownAddress } from '../../../src/redis-url.ts';
import * as support from '../fixtures/bot.ts';
import { mockRedis } from '../redis.ts';
import type { Cast } from './cast.ts';
import { avatarOf } from './web/avatars.ts';

/** A channel beside the home channel, `#general`, in which there can be draws, too. */
const OTHER_CHANNEL = 'giveaways';

/** What keeps the demo from running, in plain words. */
export class DemoProblem extends Error {}

/**
 * Sets everything up. Redis is embedded, unless there is an address of a real one.
 * @param redisUrl a real Redis; the demo keeps to keys of its own there, and deletes them at the end
 * @throws DemoProblem where that Redis does not answer
 */
export async function startDemoFixture(
  cast: readonly Cast[],
  redisUrl: string | undefined,
): Promise<support.BotFixture> {
  // In braces, they are in one slot of a cluster.
  const keyPrefix = `{prizedraw-demo-${process.pid}}`;
  const redis = redisUrl === undefined ? mockRedis() : await connected(redisUrl, keyPrefix);
  const fixture = await support.startBotFixture({
    users: cast.map(({ name }) => name),
    organisers: cast.filter(({ isOrganiser }) => isOrganiser).map(({ name }) => name),
    gitHub: { users: cast.map(({ login, realName }) => ({ login, name: realName })), avatar: avatarOf },
    redis,
    config: { keyPrefix, logLevel: 'error' },
  });
  await fixture.slack.addChannel(OTHER_CHANNEL);
  return {
    ...fixture,
    close: async () => {
      await removeKeys(redis, keyPrefix);
      await fixture.close();
    },
  };
}

async function connected(url: string, keyPrefix: string): Promise<Redis> {
  const redis = createRedis(url, keyPrefix);
  let reason = 'no answer';
  redis.on('error', (error) => {
    reason = error.message;
  });
  try {
    await redis.connect();
  } catch {
    redis.disconnect();
    throw new DemoProblem(
      `Redis at ${shownAddress(url)} cannot be used (${reason}). Without REDIS_URL, it is embedded.`,
    );
  }
  return redis;
}

async function removeKeys(redis: Redis, prefix: string): Promise<void> {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
}
