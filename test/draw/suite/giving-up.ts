import { describe, expect, it } from 'vitest';
import { Unreadable } from '../../../src/draw/unreadable.ts';
import { dump, FakeBeacon, HOME, KEYS, recordKeys, shared, type Topic, write } from '../../support/fixtures/draw.ts';

/** Picks that come to nothing, and what a newer version of the bot has left. */
export const givingUp: Topic = (fixture) => {
  const TWO = { open: true, prizes: ['A'], entrants: ['ada', 'bob'] };
  /** Somebody comes, each time the beacon's round is waited for. */
  const busy = () => new FakeBeacon(() => fixture().redis.sadd(KEYS.entrants, `late${Math.random()}`));
  const on = (beacon: FakeBeacon) => fixture().draw({ beacon, randomness: 'drand' });
  const record = async () => (await fixture().draw().observe()).record;

  describe('a pick that is contradicted each time', () => {
    it('is given up after three commitments, says so, and begins anew when it is asked for again', async () => {
      await write(fixture().redis, TWO);
      const beacon = busy();
      await on(beacon).askForPick('U1');
      expect(await on(beacon).resume(0)).toEqual({ kind: 'too_busy' });
      expect(beacon.asked).toHaveLength(3);
      expect(await record()).toMatchObject({ phase: 'closed', gaveUp: { reason: 'changed', isFinal: true } });
      expect((await record())?.commitments).toHaveLength(3);
      expect((await on(beacon).status()).gaveUp).toMatchObject({ reason: 'changed' });
      expect(await on(beacon).resume(0)).toBeUndefined();

      const quiet = on(new FakeBeacon());
      expect(await quiet.askForPick('U1')).toMatchObject({ kind: 'committed' });
      expect(await record()).toMatchObject({ phase: 'committed', gaveUp: undefined });
      expect((await quiet.status()).gaveUp).toBeUndefined();
      expect(await quiet.resume(0)).toMatchObject({ kind: 'picked' });
    });

    it('is given up after three, whoever goes on with it after a crash', async () => {
      await write(fixture().redis, TWO);
      await on(busy()).askForPick('U1');
      const dying = new FakeBeacon(async (times) => {
        await fixture().redis.sadd(KEYS.entrants, `late${times}`);
        if (times === 1) throw new Error('The process has died.');
      });
      await expect(on(dying).resume(0)).rejects.toThrow('died');
      expect(await on(busy()).resume(0)).toEqual({ kind: 'too_busy' });
      expect((await record())?.commitments).toHaveLength(3);
    });

    it('has as many again for each asking, also where one that was abandoned had used them up', async () => {
      await write(fixture().redis, TWO);
      const beacon = busy();
      for (let asking = 1; asking <= 2; asking++) {
        expect(await on(beacon).pick()).toEqual({ kind: 'too_busy' });
        expect(beacon.asked).toHaveLength(3 * asking);
      }
    });

    it('says nothing yet where it is about to begin again', async () => {
      await write(fixture().redis, TWO);
      const draw = fixture().draw({ randomness: 'drand', beacon: busy(), now: () => new Date() });
      const dying = new FakeBeacon(async (times) => {
        if (times === 1) throw new Error('The process has died.');
        await fixture().redis.del(KEYS.entrants);
      });
      await draw.askForPick('U1');
      // Nobody is left to draw from: it was withdrawn, and could not begin again.
      await fixture().draw({ randomness: 'drand', beacon: dying }).resume(0);
      await fixture().redis.sadd(KEYS.entrants, 'ada');
      expect(await record()).toMatchObject({ gaveUp: { isFinal: false } });
      expect((await draw.status()).gaveUp).toBeUndefined();
      // A minute later, by Redis's clock.
      const { redis } = fixture();
      const key = (await recordKeys(redis)).record;
      const gaveUp = JSON.parse((await redis.hget(key, 'gave_up')) ?? '{}');
      await redis.hset(key, 'gave_up', JSON.stringify({ ...gaveUp, at: gaveUp.at - 60_000 }));
      expect((await draw.status()).gaveUp).toMatchObject({ reason: 'changed' });
    });

    it('is given up at once where another program has another draw there', async () => {
      await write(fixture().redis, TWO);
      const draw = on(new FakeBeacon());
      await draw.askForPick('U1');
      await fixture().redis.del(KEYS.prizes);
      await fixture().redis.sadd(KEYS.prizes, 'Z');
      expect(await draw.resume(0)).toEqual({ kind: 'refused', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
      const { record: own } = await recordKeys(fixture().redis);
      expect(await fixture().redis.hget(own, 'gave_up')).toMatch(/^\{"at":\d{13},"reason":"changed","isFinal":true\}$/);
    });
  });

  describe('a pick that a newer version has committed to', () => {
    const begin = async (): Promise<string> => {
      const { redis } = fixture();
      await write(redis, TWO);
      await on(new FakeBeacon()).askForPick('U1');
      const { commitment, record: own } = await recordKeys(redis);
      const json = JSON.stringify({ ...JSON.parse((await redis.get(commitment)) ?? ''), version: 9, more: true });
      await redis.set(commitment, json);
      await redis.hset(own, 'commitments', json);
      return commitment;
    };

    it('is left to that version while it may be at work', async () => {
      const key = await begin();
      const before = await dump(fixture().redis);
      const draw = on(new FakeBeacon());
      for (const asked of [draw.askForPick('U2'), draw.pick()]) expect(await asked).toEqual({ kind: 'newer_pick' });
      expect(await draw.resume(0)).toBeUndefined();
      expect(await draw.advance()).toMatchObject({ record: { phase: 'committed', commitments: [] }, pick: undefined });
      expect(await dump(fixture().redis)).toEqual(before);
      expect(await fixture().redis.exists(key)).toBe(1);
    });

    it('is given up when that version has had time enough, and can be asked for again', async () => {
      const key = await begin();
      const draw = fixture().draw({ beacon: new FakeBeacon(), randomness: 'drand', leftToNewer: 0 });
      const { pick } = await draw.advance();
      expect(await pick?.()).toEqual({ kind: 'gone' });
      expect(await fixture().redis.exists(key)).toBe(0);
      expect(await record()).toMatchObject({ phase: 'closed', gaveUp: { reason: 'unreadable', isFinal: true } });
      expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 2 });
      expect((await draw.status()).gaveUp).toBeUndefined();
    });

    it.each(['no JSON', '[]', '{"id":7}'])('is given up as well when it is %s', async (json) => {
      const key = await begin();
      await fixture().redis.set(key, json);
      const draw = fixture().draw({ beacon: new FakeBeacon(), randomness: 'drand', leftToNewer: 0 });
      expect(await draw.askForPick('U2')).toMatchObject({ kind: 'committed' });
    });
  });

  it.each(['no JSON', '{"in":"another form"}'])('winners that are kept as %s are looked up anew', async (kept) => {
    const { redis } = fixture();
    await write(redis, { open: true, prizes: ['A'], entrants: ['ada'] });
    const draws = fixture().draws();
    await draws.home.pick();
    await redis.set((await recordKeys(redis)).shown, kept);
    const [latest] = await draws.history(1);
    if (latest === undefined) throw new Error('There is no draw.');
    expect(await draws.winnersOf(latest)).toMatchObject([{ prize: 'A', login: 'ada', name: 'The ada' }]);
  });

  it('a draw in a phase that only a newer version knows is left as it is by every step', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('ada');
    const { record: own } = await recordKeys(redis);
    await redis.hset(own, 'phase', 'scheduled');
    await redis.hset(KEYS.draws, HOME, `${(await redis.hget(own, 'id')) ?? ''} scheduled `);
    for (const keys of [shared(await dump(redis)), {}]) {
      // As it is open by the six keys; and with nothing in them.
      if (Object.keys(keys).length === 0) await redis.del(KEYS.isOpen, KEYS.prizes, KEYS.entrants);
      const before = await dump(redis);
      const steps = [
        () => draw.start(['B']),
        () => draw.enter('bob'),
        () => draw.askForPick('U1'),
        () => draw.pick(),
        () => fixture().draw({ randomness: 'spop' }).pick(),
        () => draw.close(),
      ];
      for (const step of steps) {
        const outcome = await step().catch((error: unknown) => error);
        expect(outcome instanceof Unreadable || ['refused', 'not_open'].includes(Object(outcome).kind)).toBe(true);
      }
      expect(await draw.observe()).toEqual({ record: undefined, again: undefined });
      expect(await draw.status()).toMatchObject({ drawId: '', phase: undefined });
      expect(await dump(redis)).toEqual(before);
    }
    expect((await fixture().draws().registry()).entries).toEqual([]);
  });
};
