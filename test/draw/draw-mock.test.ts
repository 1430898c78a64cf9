import { describe } from 'vitest';
import { mockRedis } from '../support/redis.ts';
import { drawSuite } from './suite.ts';

describe('the draw on ioredis-mock', () => {
  drawSuite(async () => {
    const redis = mockRedis();
    return {
      redis,
      close: async () => {
        await redis.quit();
      },
    };
  });
});
