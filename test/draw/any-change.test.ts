import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Draw } from '../../src/draw/index.ts';
import { drawFixture, KEYS } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

const member = fc.constantFrom('U1', 'U2', 'U3');
const login = fc.constantFrom('ada', 'bob', 'cyd', 'dan');
const prizes = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 2 });

type Step = (draw: Draw) => Promise<unknown>;

/** Any step that is taken through the bot. */
const step: fc.Arbitrary<readonly [string, Step]> = fc.oneof(
  fc.tuple(login, member).map(([id, by]) => [`enter ${id} by ${by}`, (draw: Draw) => draw.enter(id, by)] as const),
  member.map((by) => [`leave by ${by}`, (draw: Draw) => draw.leave(by)] as const),
  fc.tuple(login, member).map(([id, by]) => [`leave ${id} by ${by}`, (draw: Draw) => draw.leave(by, id)] as const),
  login.map((id) => [`remove ${id}`, (draw: Draw) => draw.remove(id)] as const),
  prizes.map((some) => [`add ${some}`, (draw: Draw) => draw.addPrizes(some)] as const),
  prizes.map((some) => [`drop ${some}`, (draw: Draw) => draw.dropPrizes(some)] as const),
  fc.constant(['extend', (draw: Draw) => draw.extend(600)] as const),
  fc.constant(['close', (draw: Draw) => draw.close()] as const),
  fc.constant(['look', (draw: Draw) => draw.observe()] as const),
  fc.constant(['advance', (draw: Draw) => draw.advance()] as const),
);

it('whatever is done through the bot, it stays the same draw, and its record says what the shared keys say', async () => {
  const redis = mockRedis();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      await redis.flushall();
      const draws = drawFixture(redis).draws({ entriesPerMember: 2 });
      await draws.home.start(['A', 'B'], 3600);
      const { drawId } = await draws.home.status();
      for (const [, take] of steps) await take(draws.home);
      // A process that knows nothing of what the other has done.
      const { record, again } = await drawFixture(redis).draw().observe();
      expect(again).toBeUndefined();
      expect(record).toMatchObject({ id: drawId, origin: 'bot', isPickedElsewhere: false, isLeft: false, wins: [] });
      expect(record?.phase).toBe((await redis.exists(KEYS.isOpen)) === 1 ? 'open' : 'closed');
      expect(record?.prizes).toEqual((await redis.smembers(KEYS.prizes)).toSorted());
      expect(record?.entrants).toBe(await redis.scard(KEYS.entrants));
      expect(await draws.history(9)).toEqual([]);
      // Whoever is kept as having entered is in, and nobody who was removed.
      const own = KEYS.draw(drawId);
      const entrants = await redis.smembers(KEYS.entrants);
      expect((await redis.hkeys(own.memberOf)).toSorted()).toEqual(entrants.toSorted());
      const entered = Object.values(await redis.hgetall(own.loginOf)).flatMap((all) => all.split(' ').filter(Boolean));
      expect(entered.toSorted()).toEqual(entrants.toSorted());
      expect(await redis.sinter(own.removed, KEYS.entrants)).toEqual([]);
      expect(record?.removed).toBe(await redis.scard(own.removed));
    }),
    { numRuns: 150 },
  );
}, 60_000);
