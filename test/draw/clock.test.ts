import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { RedisClock, TooLate } from '../../src/draw/clock.ts';
import { mockRedis } from '../support/redis.ts';

/** A Redis whose clock is `ahead` seconds before ours, and can be set. */
function redisAhead(ahead: number): { redis: Redis; set(ahead: number): void; step(deadline: number): Promise<Reply> } {
  let offset = ahead;
  const now = (): number => Date.now() / 1000 + offset;
  const redis = mockRedis();
  redis.time = async () => [Math.floor(now()), 0];
  return {
    redis,
    set: (seconds) => {
      offset = seconds;
    },
    step: async (deadline) => (Math.floor(now()) > deadline ? ['too_late'] : ['done']),
  };
}

type Reply = ['too_late'] | ['done'];

describe('the deadline of a step', () => {
  it.each([0, -86_400, 86_400])('is by Redis’s clock, %i seconds ahead of ours', async (ahead) => {
    const { redis, step } = redisAhead(ahead);
    expect(await RedisClock.of(redis).inTime(step)).toEqual(['done']);
  });

  it('is measured anew when Redis’s clock has been set', async () => {
    const { redis, set, step } = redisAhead(0);
    const clock = RedisClock.of(redis);
    await clock.inTime(step);
    set(3600);
    expect(await clock.inTime(step)).toEqual(['done']);
  });

  it('lets no step through that is late every time', async () => {
    const { redis } = redisAhead(0);
    await expect(RedisClock.of(redis).inTime(async (): Promise<Reply> => ['too_late'])).rejects.toThrow(TooLate);
  });

  it('is no more than a few seconds away', async () => {
    const { redis } = redisAhead(0);
    const deadlines: number[] = [];
    await RedisClock.of(redis).inTime(async (deadline): Promise<Reply> => {
      deadlines.push(deadline);
      return ['done'];
    });
    expect(deadlines[0]).toBeLessThanOrEqual(Date.now() / 1000 + 3);
  });
});
