import { afterEach, expect, it, vi } from 'vitest';
import { RedisClock, TooLate } from '../../src/draw/clock.ts';
import { drawFixture, KEYS } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

afterEach(() => void vi.restoreAllMocks());

it('a pick whose winners come to Redis too late is gone on with as it was committed to: nothing has changed', async () => {
  const redis = mockRedis();
  const draw = drawFixture(redis).draw();
  await draw.start(['A']);
  for (const login of ['ada', 'bob', 'cyd']) await draw.enter(login, `U-${login}`);
  // Long over, as where Redis's clock was set meanwhile.
  vi.spyOn(RedisClock.prototype, 'deadline').mockResolvedValueOnce(1);
  await expect(draw.pick()).rejects.toThrow(TooLate);
  const { drawId } = await draw.status();
  const committed = await redis.get(KEYS.draw(drawId).commitment);
  expect(committed).not.toBeNull();
  expect(await draw.resume(0)).toMatchObject({ kind: 'picked', entrants: 3 });
  expect(await redis.hget(KEYS.draw(drawId).record, 'commitments')).toBe(committed);
});
