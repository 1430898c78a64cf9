import { describe, expect, it } from 'vitest';
import {
  dump,
  FakeBeacon,
  KEYS,
  OWN_AFTER_PICK,
  ownNames,
  recordKeys,
  type Topic,
  take,
  write,
} from '../../support/fixtures/draw.ts';

/** Asking for a pick, which commits to it and no more; and picks that another program is carrying out. */
export const asking: Topic = (fixture) => {
  const THREE = { open: true, prizes: ['A', 'B', 'C'], entrants: ['ada', 'bob', 'cyd'] };
  const drand = () => fixture().draw({ beacon: new FakeBeacon(), randomness: 'drand' });

  describe('asking for a pick', () => {
    it('closes the draw, and fixes who takes part and which round decides; nobody has won yet', async () => {
      const { redis } = fixture();
      await write(redis, THREE);
      const draw = drand();
      const outcome = await draw.askForPick('UORG');
      expect(outcome).toMatchObject({
        kind: 'committed',
        commitment: { source: 'drand', round: 1000, entrants: 3, prizes: 3, pickedBy: 'UORG' },
      });
      expect(await draw.status()).toMatchObject({ state: 'DRAW_CLOSED_WITH_ENTRANTS', phase: 'committed' });
      expect(await redis.exists(KEYS.isOpen, KEYS.winners)).toBe(0);
      expect(await draw.enter('dan')).toEqual({ kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
      expect((await draw.observe()).record?.commitments).toHaveLength(1);

      expect(await draw.resume(0)).toMatchObject({ kind: 'picked', entrants: 3 });
      expect(await draw.lastProof()).toMatchObject({ round: 1000, pickedBy: 'UORG' });
      expect(ownNames(await dump(redis))).toEqual(OWN_AFTER_PICK);
    });

    it('twice comes to the same, and at once by ten too', async () => {
      await write(fixture().redis, THREE);
      const draw = drand();
      const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => draw.askForPick(`U${index}`)));
      expect(outcomes).toEqual(Array(10).fill(outcomes[0]));
      expect(outcomes[0]).toMatchObject({ kind: 'committed' });
      expect(await draw.askForPick('U1')).toEqual(outcomes[0]);
    });

    it.each([
      ['NO_DRAW', {}],
      ['DRAW_OPEN_NO_ENTRANTS', { open: true, prizes: ['A'] }],
      ['DRAW_CLOSED_NO_ENTRANTS', { prizes: ['A'] }],
      ['DRAW_WON', { wins: [{ prize: 'A', login: 'ada' }], prizes: ['B'], entrants: ['bob'] }],
    ])('is refused in the state %s, and changes nothing', async (state, written) => {
      const { redis } = fixture();
      await write(redis, written);
      const before = await dump(redis);
      expect(await fixture().draw().askForPick('U1')).toEqual({ kind: 'refused', state });
      expect(await dump(redis)).toEqual(before);
    });

    it('begins again when what was fixed is no longer so', async () => {
      const { redis } = fixture();
      await write(redis, THREE);
      const draw = drand();
      const first = await draw.askForPick('U1');
      await redis.sadd(KEYS.prizes, 'D');
      const second = await draw.askForPick('U2');
      expect(second).toMatchObject({ kind: 'committed', commitment: { prizes: 4, pickedBy: 'U2' } });
      expect(second).not.toEqual(first);
      // It is the same draw, and both are in its record.
      expect((await draw.observe()).record?.commitments).toHaveLength(2);
      expect(await redis.hlen(KEYS.draws)).toBe(1);
    });
  });

  describe('while another program picks', () => {
    const begin = async (): Promise<void> => {
      const { redis } = fixture();
      await write(redis, THREE);
      await fixture().draw().observe();
      await redis.del(KEYS.isOpen);
      await take(redis, KEYS.prizes);
    };

    it('a pick is left to it, and nothing changes that is shared', async () => {
      const { redis } = fixture();
      await begin();
      const prizes = await redis.smembers(KEYS.prizes);
      const draws = [drand(), fixture().draw(), fixture().draw({ randomness: 'spop' })];
      for (const draw of draws) expect(await draw.pick()).toEqual({ kind: 'picked_elsewhere' });
      expect(await drand().askForPick('U1')).toEqual({ kind: 'picked_elsewhere' });
      await take(redis, KEYS.entrants);
      for (const draw of draws) expect(await draw.pick()).toEqual({ kind: 'picked_elsewhere' });
      expect((await redis.smembers(KEYS.prizes)).toSorted()).toEqual(prizes.toSorted());
      expect(await redis.scard(KEYS.entrants)).toBe(2);
      const { commitment, proof } = await recordKeys(redis);
      expect(await redis.exists(KEYS.winners, commitment, proof)).toBe(0);
    });

    it('a draw that is open is not being picked, whoever was taken out', async () => {
      const { redis } = fixture();
      await write(redis, THREE);
      await fixture().draw().observe();
      await take(redis, KEYS.entrants);
      await take(redis, KEYS.prizes);
      expect(await fixture().draw().pick()).toMatchObject({ kind: 'picked', entrants: 2 });
      expect(await redis.hlen(KEYS.winners)).toBe(2);
    });

    it('its winners are the draw’s, with as many entrants as there were', async () => {
      const { redis } = fixture();
      await begin();
      const draw = fixture().draw();
      await draw.observe();
      await redis.del(KEYS.prizes, KEYS.entrants);
      await write(redis, { wins: [{ prize: 'A', login: 'ada' }] });
      expect(await draw.pick()).toEqual({ kind: 'refused', state: 'DRAW_WON' });
      expect(await draw.start(['X'])).toEqual({ kind: 'started' });
      expect(await fixture().draws().history(5)).toMatchObject([
        { phase: 'won', entrants: 3, prizes: ['A', 'B', 'C'], wins: [{ prize: 'A', login: 'ada' }] },
      ]);
    });
  });

  it('an entry that chose its draw among several is told when there are others by then', async () => {
    const draws = fixture().draws();
    await draws.home.start(['A']);
    const { version } = await draws.registry();
    expect(await draws.home.enterIf({ login: 'ada', member: 'U1', version })).toMatchObject({ kind: 'entered' });
    await draws.in('C0OTHER').start(['B']);
    expect(await draws.home.enterIf({ login: 'bob', member: 'U2', version })).toEqual({ kind: 'stale' });
    expect(await draws.home.entrants()).toEqual({ count: 1, logins: ['ada'] });
    const entry = { login: 'bob', member: 'U2', version: (await draws.registry()).version };
    expect(await draws.home.enterIf(entry)).toMatchObject({ kind: 'entered' });
  });
};
