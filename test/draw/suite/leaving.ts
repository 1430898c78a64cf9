import { describe, expect, it } from 'vitest';
import { KEYS, recordKeys, type Topic, write } from '../../support/fixtures/draw.ts';

/** Entries that are taken back, by whoever made them or by an organiser. */
export const leaving: Topic = (fixture) => {
  const looked = async () => (await fixture().draw().observe()).record;

  describe('leaving', () => {
    it('takes back the one entry that a member made, and they may enter another', async () => {
      const draw = fixture().draw();
      await draw.start(['A']);
      await draw.enter('alice', 'U1');
      await draw.enter('bob', 'U2');
      const { drawId } = await draw.status();
      expect(await draw.leave('U1')).toEqual({ kind: 'left', login: 'alice' });
      expect(await fixture().redis.smembers(KEYS.entrants)).toEqual(['bob']);
      expect(await draw.status('U1')).toMatchObject({ entered: [], entrants: 1 });
      expect(await draw.enter('carol', 'U1')).toMatchObject({ kind: 'entered', draw: drawId });
      // Whoever enters it now has entered it.
      expect(await draw.enter('alice', 'U3')).toMatchObject({ kind: 'entered' });
      expect(await draw.leave('U1', 'alice')).toEqual({ kind: 'not_yours' });
      expect(await looked()).toMatchObject({ id: drawId, phase: 'open', entrants: 3 });
    });

    it('tells apart who is not in, whose entry it is not, and of several which', async () => {
      const draw = fixture().draw({ entriesPerMember: 0 });
      await draw.start(['A']);
      await fixture().redis.sadd(KEYS.entrants, 'elsewhere');
      for (const login of ['alice', 'ann']) await draw.enter(login, 'U1');
      expect(await draw.leave('U2')).toEqual({ kind: 'not_in' });
      expect(await draw.leave('U1', 'nobody')).toEqual({ kind: 'not_in' });
      expect(await draw.leave('U2', 'alice')).toEqual({ kind: 'not_yours' });
      expect(await draw.leave('U1', 'elsewhere')).toEqual({ kind: 'not_yours' });
      expect(await draw.leave('U1')).toEqual({ kind: 'several', logins: ['alice', 'ann'] });
      expect(await fixture().redis.scard(KEYS.entrants)).toBe(3);
      expect(await draw.leave('U1', 'ann')).toEqual({ kind: 'left', login: 'ann' });
      expect(await draw.leave('U1')).toEqual({ kind: 'left', login: 'alice' });
      expect(await draw.leave('U1')).toEqual({ kind: 'not_in' });
    });

    it('the last one leaves the same draw, also where others enter it again', async () => {
      const draw = fixture().draw();
      await draw.start(['A']);
      const { drawId } = await draw.status();
      await draw.enter('alice', 'U1');
      await draw.leave('U1');
      expect(await looked()).toMatchObject({ id: drawId, phase: 'open', entrants: 0, isLeft: false });
      await draw.enter('bob', 'U2');
      expect(await looked()).toMatchObject({ id: drawId, entrants: 1 });
    });

    it('is refused where the draw is not open, or its winners are being picked', async () => {
      const draw = fixture().draw();
      expect(await draw.leave('U1')).toEqual({ kind: 'not_open', state: 'NO_DRAW' });
      await draw.start(['A']);
      await draw.enter('alice', 'U1');
      await draw.close();
      expect(await draw.leave('U1')).toEqual({ kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
      await draw.askForPick('U9');
      expect(await draw.leave('U1', 'alice')).toEqual({ kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
      await draw.resume(0);
      expect(await draw.leave('U1')).toEqual({ kind: 'not_open', state: 'DRAW_WON' });
    });

    it('means no draw that another program has begun since', async () => {
      const draws = fixture().draws();
      await draws.home.start(['A']);
      await draws.home.enter('alice', 'U1');
      const { drawId } = await draws.home.status();
      await fixture().redis.del(KEYS.entrants, KEYS.prizes);
      await write(fixture().redis, { open: true, prizes: ['X', 'Y'], entrants: ['alice'] });
      expect(await draws.only(draws.home.channel, drawId).leave('U1')).toEqual({ kind: 'another_draw' });
      expect(await draws.home.leave('U1')).toEqual({ kind: 'not_in' });
      expect(await fixture().redis.smembers(KEYS.entrants)).toEqual(['alice']);
    });
  });

  describe('removing an entrant', () => {
    it('takes them out, tells who entered them, and they cannot be entered again, whoever tries', async () => {
      const draw = fixture().draw();
      await draw.start(['A']);
      await fixture().redis.sadd(KEYS.entrants, 'elsewhere');
      await draw.enter('alice', 'U1');
      fixture().profiles.asked.length = 0;
      expect(await draw.remove('alice')).toEqual({ kind: 'removed', member: 'U1', entrants: 1 });
      expect(await draw.enter('alice', 'U1')).toEqual({ kind: 'removed' });
      expect(await draw.enter('alice', 'U2')).toEqual({ kind: 'removed' });
      expect(await draw.remove('alice')).toEqual({ kind: 'removed_before' });
      expect(await draw.remove('nobody')).toEqual({ kind: 'not_in' });
      expect(fixture().profiles.asked).toEqual([]);
      // With another login, they may.
      expect(await draw.enter('ann', 'U1')).toMatchObject({ kind: 'entered' });
      expect(await draw.remove('elsewhere')).toEqual({ kind: 'removed', member: undefined, entrants: 1 });
      expect(await looked()).toMatchObject({ phase: 'open', entrants: 1, removed: 2, lastChange: { kind: 'removed' } });
      expect(await fixture().redis.smembers((await recordKeys(fixture().redis)).removed)).toHaveLength(2);
    });

    it('is about this draw and no other', async () => {
      const draw = fixture().draw();
      await draw.start(['A']);
      await draw.enter('alice', 'U1');
      await draw.remove('alice');
      await draw.close();
      await draw.start(['B']);
      expect(await draw.enter('alice', 'U1')).toMatchObject({ kind: 'entered' });
      expect(await looked()).toMatchObject({ removed: 0, lastChange: undefined });
    });

    it('leaves a closed draw closed, and nobody picking it; the list of those who were in follows', async () => {
      const draw = fixture().draw();
      await draw.start(['A']);
      for (const login of ['alice', 'bob']) await draw.enter(login);
      await draw.close();
      await draw.advance();
      const { drawId } = await draw.status();
      expect(await draw.remove('alice')).toMatchObject({ kind: 'removed', entrants: 1 });
      await draw.advance();
      expect(await fixture().redis.smembers(KEYS.draw(drawId).finalEntrants)).toEqual(['bob']);
      expect(await draw.remove('bob')).toMatchObject({ kind: 'removed', entrants: 0 });
      expect(await looked()).toMatchObject({ id: drawId, phase: 'closed', entrants: 0, isPickedElsewhere: false });
      expect(await draw.status()).toMatchObject({ state: 'DRAW_CLOSED_NO_ENTRANTS' });
    });
  });
};
