import { expect, it } from 'vitest';
import { createLog, requestLog } from '../../src/log.ts';
import type { PickTrouble } from '../../src/slack/blocks/organising.ts';
import { PickFollower } from '../../src/slack/pick-follower.ts';
import { drawFixture } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

it('whoever asked for a pick that was withdrawn is told where the draw was cancelled since', async () => {
  const draws = drawFixture(mockRedis()).draws();
  await draws.home.start(['A']);
  const { drawId } = await draws.home.status();
  await draws.home.cancel('');
  const follower = new PickFollower({ draws, patience: 50 });
  const told = new Promise<PickTrouble>((resolve) => {
    follower.follow(drawId, requestLog(createLog('silent', [])), async (trouble) => resolve(trouble));
  });
  // Nobody else waits for it.
  const waiting = setInterval(() => {}, 50);
  expect(await told).toEqual({ kind: 'cancelled' });
  clearInterval(waiting);
  follower.stop();
});
