import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { workerFixture } from '../support/announcements/worker.ts';
import { KEYS } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

const HOUR = 3_600_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Redis's time becomes earlier by so much, in milliseconds; this process's clock that does not jump stays. */
function setBack(milliseconds: number): void {
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() - milliseconds);
}

it('what is planned is done though Redis’s clock is set back by an hour', async () => {
  const redis = mockRedis();
  const { worker, draws, channel } = workerFixture(redis);
  onTestFinished(() => worker.stop());
  worker.start();
  await draws.in('C1').start(['A cap']);
  worker.nudge();
  await vi.waitFor(() => expect(channel.messages).toHaveLength(1), 10_000);
  // By the clock as it was, this is planned for now.
  await draws.in('C2').start(['A kite']);
  setBack(HOUR);
  await vi.waitFor(() => expect(channel.messages.map((message) => message.channel)).toContain('C2'), 15_000);
}, 30_000);

it('what was planned by a clock that was ahead is done once a process starts', async () => {
  const redis = mockRedis();
  const { worker, draws, channel } = workerFixture(redis);
  onTestFinished(() => worker.stop());
  await draws.in('C1').start(['A cap']);
  for (const id of await redis.zrange(KEYS.due, 0, -1)) await redis.zadd(KEYS.due, Date.now() + HOUR, id);
  worker.start();
  await vi.waitFor(() => expect(channel.messages).toHaveLength(1), 10_000);
});
