import { describe, expect, it } from 'vitest';
import type { Draw } from '../../../src/draw/index.ts';
import { MAX_PRIZES } from '../../../src/draw/prizes.ts';
import { KEYS, numbered, type Topic, take, write } from '../../support/fixtures/draw.ts';

const MINUTE = 60_000;
const DAYS = 24 * 60 * MINUTE;

/** Every step of an organiser that changes a draw. */
const CHANGES: Readonly<Record<string, (draw: Draw) => Promise<{ readonly kind: string }>>> = {
  extend: (draw) => draw.extend(60),
  add: (draw) => draw.addPrizes(['New']),
  drop: (draw) => draw.dropPrizes(['A']),
  remove: (draw) => draw.remove('alice'),
  cancel: (draw) => draw.cancel('late'),
};

/** What organisers change in a draw that is on. */
export const changing: Topic = (fixture) => {
  const looked = async () => (await fixture().draw().observe()).record;
  /** A draw of A and B with two entrants. */
  const begun = async (seconds?: number): Promise<{ readonly draw: Draw; readonly id: string }> => {
    const draw = fixture().draw();
    await draw.start(['A', 'B'], seconds);
    for (const login of ['alice', 'bob']) await draw.enter(login, `U-${login}`);
    return { draw, id: (await draw.status()).drawId };
  };

  describe.each(Object.keys(CHANGES))('%s', (name) => {
    const change = async (draw: Draw) => CHANGES[name]?.(draw);
    /** The shared keys, and the record without what merely says that somebody has looked. */
    const kept = async () => ({
      shared: await Promise.all([
        fixture().redis.get(KEYS.isOpen),
        fixture().redis.smembers(KEYS.prizes),
        fixture().redis.smembers(KEYS.entrants),
        fixture().redis.hgetall(KEYS.winners),
      ]),
      record: await looked(),
    });

    it('is refused where no draw is on, and nothing changes', async () => {
      const draw = fixture().draw();
      expect(await change(draw)).toEqual({ kind: 'refused', state: 'NO_DRAW' });
      await draw.start(['A', 'B']);
      await draw.enter('alice');
      await draw.pick();
      const before = await kept();
      expect(await change(draw)).toEqual({ kind: 'refused', state: 'DRAW_WON' });
      expect(await kept()).toEqual(before);
    });

    it('is refused once it is fixed who takes part', async () => {
      const { draw } = await begun();
      await draw.askForPick('U9');
      const before = await kept();
      expect(await change(draw)).toEqual({ kind: 'being_picked' });
      expect(await kept()).toEqual(before);
    });

    it('is refused while another program picks', async () => {
      const { draw } = await begun();
      await draw.close();
      await take(fixture().redis, KEYS.entrants);
      await take(fixture().redis, KEYS.prizes);
      const before = await kept();
      expect(await change(draw)).toEqual({ kind: 'picked_elsewhere' });
      expect(await kept()).toEqual(before);
    });

    it('means no draw that another program has begun since', async () => {
      const { id } = await begun();
      await fixture().redis.del(KEYS.entrants, KEYS.prizes);
      await write(fixture().redis, { open: true, prizes: ['A', 'X'], entrants: ['alice'] });
      const draws = fixture().draws();
      expect(await change(draws.only(draws.home.channel, id))).toEqual({ kind: 'another_draw' });
      expect((await fixture().redis.smembers(KEYS.prizes)).toSorted()).toEqual(['A', 'X']);
    });

    it.each(['open', 'closed', 'closed by its timer'])('is seen as no other draw: %s', async (how) => {
      const { draw, id } = await begun(600);
      if (how === 'closed') await draw.close();
      if (how === 'closed by its timer') await fixture().redis.del(KEYS.isOpen);
      expect((await change(draw))?.kind).toMatch(/^(?:later|reopened|added|dropped|removed|cancelled)$/);
      const record = await looked();
      const phase = name === 'cancel' ? 'cancelled' : how === 'open' || name === 'extend' ? 'open' : 'closed';
      expect(record).toMatchObject({ id, phase, isPickedElsewhere: false, isLeft: false, changing: undefined });
      expect(await fixture().draw().observe()).toEqual({ record, again: undefined });
      const [entry] = (await fixture().draws().registry()).entries;
      expect(entry).toMatchObject({ id, phase, closesAt: record?.closesAt });
    });

    it('lets a draw be seen that another program starts right afterwards', async () => {
      const { draw, id } = await begun();
      await change(draw);
      const { redis } = fixture();
      await redis.del(KEYS.entrants, KEYS.winners, KEYS.prizes);
      await write(redis, { open: true, prizes: ['X'] });
      expect(await looked()).toMatchObject({ origin: 'other', previous: id, phase: 'open', prizes: ['X'] });
    });
  });

  describe('extending', () => {
    const closesIn = async () => (await fixture().redis.pttl(KEYS.isOpen)) / MINUTE;

    it('closes that much later', async () => {
      const { draw } = await begun(600);
      const outcome = await draw.extend(900);
      expect(outcome.kind).toBe('later');
      expect(await closesIn()).toBeCloseTo(25, 0);
      const record = await looked();
      expect(record).toMatchObject({ lastChange: { kind: 'later', ms: 15 * MINUTE } });
      expect('closesAt' in outcome && outcome.closesAt.getTime()).toBe(record?.closesAt);
    });

    it('without a timer, closes that long from now', async () => {
      const { draw } = await begun();
      expect(await draw.extend(900)).toMatchObject({ kind: 'timed' });
      expect(await closesIn()).toBeCloseTo(15, 0);
      expect(await looked()).toMatchObject({ phase: 'open', lastChange: { kind: 'timed' } });
    });

    it('opens a closed draw again for that long, and people enter it; the list of who was in is that of the end', async () => {
      const { draw, id } = await begun();
      await draw.close();
      await draw.advance();
      expect(await draw.extend(900)).toMatchObject({ kind: 'reopened' });
      expect(await closesIn()).toBeCloseTo(15, 0);
      expect(await draw.enter('carol')).toMatchObject({ kind: 'entered', draw: id });
      await draw.leave('U-alice');
      await draw.close();
      await draw.advance();
      expect((await fixture().redis.smembers(KEYS.draw(id).finalEntrants)).toSorted()).toEqual(['bob', 'carol']);
      expect(await looked()).toMatchObject({ id, phase: 'closed', entrants: 2 });
    });

    it('goes no further than 30 days from now', async () => {
      const { draw } = await begun(3600);
      expect(await draw.extend((30 * DAYS) / 1000)).toMatchObject({ kind: 'too_long' });
      expect(await closesIn()).toBeCloseTo(60, 0);
      expect(await draw.extend((29 * DAYS) / 1000)).toMatchObject({ kind: 'later' });
      const refused = await draw.extend((2 * DAYS) / 1000);
      expect('closesIn' in refused && refused.closesIn / DAYS).toBeCloseTo(29 + 1 / 24, 2);
    });
  });

  describe('prizes', () => {
    it('are added and dropped, and the record lists them in their order', async () => {
      const { draw } = await begun();
      expect(await draw.addPrizes(['B 10', 'B 9', 'é'])).toEqual({ kind: 'added', count: 5 });
      expect(await looked()).toMatchObject({
        prizes: ['A', 'B', 'B 9', 'B 10', 'é'],
        lastChange: { kind: 'added', prizes: ['B 10', 'B 9', 'é'] },
      });
      expect(await draw.dropPrizes(['A', 'B 9'])).toEqual({ kind: 'dropped', count: 3 });
      expect(await looked()).toMatchObject({
        prizes: ['B', 'B 10', 'é'],
        lastChange: { kind: 'dropped', prizes: ['A', 'B 9'] },
      });
      expect((await draw.status()).prizes).toEqual(['B', 'B 10', 'é']);
    });

    it('are changed all together or not at all', async () => {
      const { draw } = await begun();
      const before = await looked();
      expect(await draw.addPrizes(['New', 'B', 'A'])).toEqual({ kind: 'there', prizes: ['B', 'A'] });
      expect(await draw.dropPrizes(['A', 'C', 'a'])).toEqual({ kind: 'not_there', prizes: ['C', 'a'] });
      expect(await draw.dropPrizes(['A', 'B'])).toEqual({ kind: 'last' });
      expect(await looked()).toEqual(before);
      expect((await draw.status()).prizes).toEqual(['A', 'B']);
    });

    it('are no more than a draw may have', async () => {
      const { draw } = await begun();
      const most = numbered('P', MAX_PRIZES - 2);
      expect(await draw.addPrizes([...most, 'One more'])).toEqual({ kind: 'too_many', count: 2 });
      expect(await draw.addPrizes(most)).toEqual({ kind: 'added', count: MAX_PRIZES });
    });

    it('of several who add and drop at once are all in the record', async () => {
      const { draw } = await begun();
      const outcomes = await Promise.all([
        draw.addPrizes(['C']),
        draw.addPrizes(['D']),
        draw.dropPrizes(['A']),
        draw.addPrizes(['C']),
      ]);
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['added', 'added', 'dropped', 'there']);
      expect(await looked()).toMatchObject({ prizes: ['B', 'C', 'D'] });
    });

    it('can be won, and those that were dropped cannot', async () => {
      const { draw } = await begun();
      await draw.addPrizes(['C']);
      await draw.dropPrizes(['A', 'B']);
      expect(await draw.pick()).toMatchObject({ kind: 'picked', wins: [{ prize: 'C' }] });
    });
  });

  describe('cancelling', () => {
    it.each(['open', 'closed', 'closed, nobody in'])(
      'takes everything away that others know of the draw: %s',
      async (how) => {
        const { draw, id } = await begun(600);
        if (how !== 'open') await draw.close();
        if (how === 'closed, nobody in') for (const login of ['alice', 'bob']) await draw.remove(login);
        const entrants = how === 'closed, nobody in' ? 0 : 2;
        expect(await draw.cancel('the *hall* is closed')).toEqual({ kind: 'cancelled', entrants });
        const five = [KEYS.isOpen, KEYS.prizes, KEYS.entrants, KEYS.winners, KEYS.winnersJson];
        expect(await fixture().redis.exists(...five)).toBe(0);
        const [record] = await fixture().draws().history(1);
        expect(record).toMatchObject({
          id,
          phase: 'cancelled',
          number: 1,
          entrants,
          prizes: ['A', 'B'],
          cancelReason: 'the *hall* is closed',
        });
        expect(await draw.cancel('')).toEqual({ kind: 'refused', state: 'NO_DRAW' });
        expect(await draw.enter('carol')).toEqual({ kind: 'not_open', state: 'NO_DRAW' });
        expect(await draw.start(['C'])).toEqual({ kind: 'started' });
        expect(await looked()).toMatchObject({ previous: id, phase: 'open', entrants: 0, cancelReason: '' });
      },
    );
  });
};
