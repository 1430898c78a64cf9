import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisInstalled } from '../support/redis.ts';
import { until } from '../support/stage.ts';
import { visibleText } from '../workspace/read.ts';
import { type Surroundings, says, setSurroundings } from './surroundings.ts';

const skipped = !redisInstalled();

describe.skipIf(skipped)(
  `a pick that is cut off${skipped ? ' (skipped: redis-server is not installed here)' : ''}`,
  () => {
    let surroundings: Surroundings | undefined;
    const at = (): Surroundings => {
      if (surroundings === undefined) throw new Error('The surroundings have not been set.');
      return surroundings;
    };
    beforeAll(async () => {
      surroundings = await setSurroundings();
    }, 90_000);
    afterAll(() => surroundings?.close());

    it('by SIGKILL, after it was laid down who takes part, goes on with the same round after a restart', async () => {
      const redis = at().server.client();
      // Nobody has the round: it is waited for, and time enough to be killed.
      const drand = { PRIZEDRAW_RANDOMNESS: 'drand', PRIZEDRAW_DRAND_URLS: 'http://127.0.0.1:9' };
      const first = await at().started(drand);
      await says(first.member('olivia'), 'start "A mug"', 'admin');
      await says(first.member('ada'), 'enter ada');
      expect(await says(first.member('olivia'), 'pick', 'admin')).toContain('Drawing from 1 entrant with');
      const laid: unknown = JSON.parse((await redis.get('prizedraw:slack:commitment')) ?? 'null');
      await first.end('SIGKILL');
      expect(await redis.exists('prizedraw:winners')).toBe(0);

      const second = await at().started(drand);
      await until(async () => ((await redis.exists('prizedraw:winners')) === 1 ? true : undefined), {
        patience: 40_000,
      });
      const proof: unknown = JSON.parse((await redis.get('prizedraw:slack:proof')) ?? 'null');
      const { prizes: _, ...same } = laid as Record<string, unknown>;
      expect(proof).toMatchObject({ ...same, seededBy: 'local' });
      expect(await redis.exists('prizedraw:slack:commitment')).toBe(0);
      await until(
        async () =>
          (await at().slack.messages(at().slack.channels.announce)).find((message) =>
            visibleText(message).includes('And the winners are'),
          ),
        { patience: 15_000 },
      );
      await second.end();
    }, 90_000);
  },
);
