import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { workerFixture } from '../support/announcements/worker.ts';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.ts';

/** A tick at rest sends no more commands than this, however many draws are open. */
const MOST = 60;

const skipped = !redisInstalled();

describe.skipIf(skipped)(`at rest${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  let server: TestRedis;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  /** Opens so many draws, has them announced, and returns how many commands a tick then sends. */
  async function commandsAtRest(count: number): Promise<number> {
    const redis = server.client();
    await redis.flushall();
    const { worker, draws, channel } = workerFixture(redis);
    await Promise.all(Array.from({ length: count }, (_, index) => draws.in(`C${index}`).start(['A cap'])));
    worker.start();
    await vi.waitFor(() => expect(channel.messages).toHaveLength(count), 60_000);
    await worker.stop();
    // As when Redis tells what other programs change. A tick is the first thing that a worker does.
    worker.setTold(true);
    for (let tick = 0; tick < 2; tick++) {
      worker.start();
      await worker.stop();
    }
    const calls = channel.calls.length;
    const sent = vi.spyOn(redis, 'sendCommand');
    worker.start();
    await worker.stop();
    const commands = sent.mock.calls.length;
    sent.mockRestore();
    expect(channel.calls).toHaveLength(calls);
    return commands;
  }

  it('a tick costs no more with 1,000 open draws than with 40', async () => {
    const few = await commandsAtRest(40);
    expect(few).toBeGreaterThan(3);
    expect(few).toBeLessThanOrEqual(MOST);
    expect(await commandsAtRest(1_000)).toBeLessThanOrEqual(few + 2);
  }, 120_000);

  it('a tick costs less with 10', async () => {
    expect(await commandsAtRest(10)).toBeLessThanOrEqual(MOST);
  }, 30_000);
});
