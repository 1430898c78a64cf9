import { afterAll, beforeAll, describe } from 'vitest';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.ts';
import { races } from './suite/races.ts';
import { connect, costs } from './suite/real.ts';
import { watched } from './suite/watched.ts';
import { drawSuite } from './suite.ts';

// In CI these tests are never skipped: without redis-server, this fails.
const skipped = !redisInstalled();
const why = skipped ? ' (skipped: redis-server is not installed here; Debian: apt-get install redis-server)' : '';

describe.skipIf(skipped)(`the draw on a real Redis${why}`, () => {
  let server: TestRedis | undefined;
  const running = (): TestRedis => {
    if (server === undefined) throw new Error('Redis does not run.');
    return server;
  };

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.close());

  describe('like any other', () => {
    drawSuite(async () => {
      const redis = await connect(running().url);
      return {
        redis,
        close: async () => {
          await redis.quit();
        },
      };
    });
  });

  describe('what each step costs', () => costs(running));
  describe('many at once', () => races(running));
  describe('a pick, when another program changes the draw in the last moment', () => watched(running));
});
