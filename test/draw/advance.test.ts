import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LONGEST_PICK } from '../../src/draw/gave-up.ts';
import type { Draw } from '../../src/draw/index.ts';
import { keepEntrantsScript } from '../../src/draw/scripts/index.ts';
import { ABANDONED_AFTER } from '../../src/draw/snapshot.ts';
import { stopClock } from '../support/fixtures/clock.ts';
import { drawFixture, FakeBeacon, KEYS, recordKeys, take, write } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

describe('how far a draw is carried', () => {
  let redis: Redis;
  let draw: Draw;

  beforeEach(() => {
    redis = mockRedis();
    stopClock();
    draw = drawFixture(redis).draw();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const pass = (milliseconds: number): void => void vi.advanceTimersByTime(milliseconds);

  it('without a draw there is nothing to do, nor with one that is open until it is closed by hand', async () => {
    expect(await draw.advance()).toEqual({ record: undefined, again: undefined, pick: undefined });
    await draw.start(['A']);
    expect(await draw.advance()).toMatchObject({ record: { phase: 'open' }, again: undefined, pick: undefined });
  });

  it('an open draw is looked at again right after its timer', async () => {
    await draw.start(['A'], 60);
    const { again = 0 } = await draw.advance();
    expect(again).toBeGreaterThan(59_000);
    expect(again).toBeLessThan(61_000);
  });

  it('a closed draw’s entrants are listed, and listed again when somebody came late', async () => {
    await draw.start(['A']);
    await draw.enter('ada');
    await draw.close();
    await draw.advance();
    const { finalEntrants } = await recordKeys(redis);
    expect((await redis.smembers(finalEntrants)).toSorted()).toEqual(['ada']);
    await redis.sadd(KEYS.entrants, 'bob');
    expect(await draw.advance()).toMatchObject({ record: { phase: 'closed', entrants: 2 } });
    expect((await redis.smembers(finalEntrants)).toSorted()).toEqual(['ada', 'bob']);
  });

  it('the list stays as it was when another program begins to pick', async () => {
    await draw.start(['A', 'B']);
    for (const login of ['ada', 'bob']) await draw.enter(login);
    await draw.close();
    await draw.advance();
    await take(redis, KEYS.prizes);
    await take(redis, KEYS.entrants);
    expect(await draw.advance()).toMatchObject({ record: { entrants: 2, isPickedElsewhere: true } });
    expect((await redis.smembers((await recordKeys(redis)).finalEntrants)).toSorted()).toEqual(['ada', 'bob']);
  });

  it('a pick that another program gave up can be carried out here, with what is left', async () => {
    await write(redis, { open: true, prizes: ['A', 'B'], entrants: ['ada', 'bob', 'cyd'] });
    await draw.observe();
    await redis.del(KEYS.isOpen);
    await take(redis, KEYS.prizes);
    await take(redis, KEYS.entrants);
    await draw.advance();
    pass(ABANDONED_AFTER - 1_000);
    await draw.advance();
    expect(await draw.pick()).toEqual({ kind: 'picked_elsewhere' });
    pass(1_000);
    expect(await draw.advance()).toMatchObject({ record: { entrants: 2, isPickedElsewhere: false }, again: undefined });
    expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 2 });
  });

  it('a pick whose seed comes from a beacon is gone on with by whoever looks', async () => {
    draw = drawFixture(redis).draw({ beacon: new FakeBeacon(), randomness: 'drand' });
    await draw.start(['A']);
    await draw.enter('ada');
    await draw.askForPick('U1');
    const { pick } = await draw.advance();
    expect(await pick?.()).toMatchObject({ kind: 'picked', entrants: 1 });
    expect(await draw.advance()).toMatchObject({ record: { phase: 'won' }, again: undefined, pick: undefined });
  });

  it('one with a seed of its own is left to whoever was asked, until that one must have crashed', async () => {
    await draw.start(['A']);
    await draw.enter('ada');
    await draw.askForPick('U1');
    const { pick, again = 0 } = await draw.advance();
    expect(pick).toBeUndefined();
    expect(again).toBeGreaterThan(0);
    pass(LONGEST_PICK);
    // Another process, which has measured Redis's clock by then.
    const later = await drawFixture(redis.duplicate()).draw().advance();
    expect(await later.pick?.()).toMatchObject({ kind: 'picked', entrants: 1 });
  });

  it('nor is it left until the clock of whoever was asked, which was ahead, says so', async () => {
    await draw.start(['A']);
    await draw.enter('ada');
    const ahead = (): Date => new Date(Date.now() + 600_000);
    await drawFixture(redis).draw({ now: ahead }).askForPick('U1');
    const { pick } = await draw.advance();
    expect(await pick?.()).toMatchObject({ kind: 'picked', entrants: 1 });
  });

  it('a pick is never carried over to a draw that another program has begun since, closed already', async () => {
    const beacon = new FakeBeacon(async () => {
      await redis.del(KEYS.entrants, KEYS.winners, KEYS.winnersJson, KEYS.prizes);
      await write(redis, { open: true, prizes: ['B'], entrants: ['bob'] });
      await draw.observe();
      await redis.del(KEYS.isOpen);
      await draw.observe();
    });
    draw = drawFixture(redis).draw({ beacon, randomness: 'drand' });
    await draw.start(['A']);
    await draw.enter('ada');
    await draw.askForPick('U1');
    const { pick } = await draw.advance();
    expect(await pick?.()).not.toMatchObject({ kind: 'picked' });
    expect(beacon.asked).toHaveLength(1);
    expect(await redis.exists(KEYS.winners)).toBe(0);
    expect((await draw.advance()).record).toMatchObject({ phase: 'closed', prizes: ['B'], commitments: [] });
  });

  it('the list of a pick is never touched by whoever looked at the draw before', async () => {
    await draw.start(['A']);
    for (const login of ['ada', 'bob']) await draw.enter(login);
    await draw.close();
    const { record, finalEntrants } = await recordKeys(redis);
    await draw.pick();
    await redis.sadd(KEYS.entrants, 'late');
    const keys = { entrants: KEYS.entrants, record, final_entrants: finalEntrants };
    expect(await keepEntrantsScript.run(redis, { keys, args: { most_kept: 10, keep: 60 } })).toEqual(['none']);
    expect((await redis.smembers(finalEntrants)).toSorted()).toEqual(['ada', 'bob']);
  });

  it('the list of a closed draw is not kept where it is too long', async () => {
    await write(redis, { prizes: ['A'], entrants: ['ada', 'bob', 'cyd'] });
    await draw.observe();
    const { record, finalEntrants } = await recordKeys(redis);
    const keys = { entrants: KEYS.entrants, record, final_entrants: finalEntrants };
    const keep = (most_kept: number) => keepEntrantsScript.run(redis, { keys, args: { most_kept, keep: 60 } });
    expect(await keep(2)).toEqual(['none']);
    expect(await redis.exists(finalEntrants)).toBe(0);
    expect(await keep(3)).toEqual(['kept']);
    expect(await redis.scard(finalEntrants)).toBe(3);
  });
});
