import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { numbered } from '../support/fixtures/draw.ts';
import { type ProcessFixture, says, startProcessFixture } from '../support/process/fixture.ts';
import { redisInstalled } from '../support/redis.ts';
import { visibleText } from '../support/workspace/read.ts';

const skipped = !redisInstalled();

describe.skipIf(skipped)(
  `a pick that is cut off${skipped ? ' (skipped: redis-server is not installed here)' : ''}`,
  () => {
    let current: ProcessFixture | undefined;
    const fixture = (): ProcessFixture => {
      if (current === undefined) throw new Error('The fixture has not been started.');
      return current;
    };
    beforeAll(async () => {
      current = await startProcessFixture();
    }, 90_000);
    afterAll(() => current?.close());

    it('by SIGKILL, after it was fixed who takes part, goes on with the same round after a restart', async () => {
      const redis = fixture().server.client();
      // Nobody has the round: it is waited for, and time enough to be killed.
      const drand = { PRIZEDRAW_RANDOMNESS: 'drand', PRIZEDRAW_DRAND_URLS: 'http://127.0.0.1:9' };
      const first = await fixture().started(drand);
      await says(first.member('olivia'), 'start "A mug"', 'admin');
      await says(first.member('ada'), 'enter ada');
      // So many that each process reads them in a thread.
      await redis.sadd('prizedraw:entrants', ...numbered('user', 20_000));
      expect(await says(first.member('olivia'), 'pick', 'admin')).toContain('Drawing from 20,001 entrants with');
      const draw = `prizedraw:slack:draw:${(await redis.hvals('prizedraw:slack:draws'))[0]?.split(' ')[0]}`;
      const laid: unknown = JSON.parse((await redis.get(`${draw}:commitment`)) ?? 'null');
      await first.end('SIGKILL');
      expect(await redis.exists('prizedraw:winners')).toBe(0);

      const second = await fixture().started(drand);
      await until(async () => ((await redis.exists('prizedraw:winners')) === 1 ? true : undefined), {
        patience: 40_000,
      });
      const proof: unknown = JSON.parse((await redis.get(`${draw}:proof`)) ?? 'null');
      const { prizes: _, ...same } = laid as Record<string, unknown>;
      expect(proof).toMatchObject({ ...same, seededBy: 'local' });
      expect(await redis.exists(`${draw}:commitment`)).toBe(0);
      await until(
        async () =>
          (await fixture().slack.messages(fixture().slack.channels.announce)).find((message) =>
            visibleText(message).includes('And the winners are'),
          ),
        { patience: 15_000 },
      );
      expect(await redis.scard(`${draw}:entrants`)).toBe(20_001);
      for (const { program } of [first, second]) expect(program.stdout()).not.toContain('A thread cannot be started');
      await second.end();
    }, 90_000);
  },
);
