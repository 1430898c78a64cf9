import { describe, expect, it } from 'vitest';
import type { Draw } from '../../../src/draw/index.ts';
import { isProof } from '../../../src/draw/last-proof.ts';
import {
  dump,
  FakeBeacon,
  KEYS,
  numbered,
  OWN_AFTER_PICK,
  OWN_BEFORE_PICK,
  ownNames,
  recordKeys,
  shared,
  type Topic,
  write,
} from '../../support/fixtures/draw.ts';

export const pick: Topic = (fixture) => {
  describe.each([
    ['more prizes than entrants', 7, 3],
    ['fewer prizes than entrants', 3, 7],
    ['as many prizes as entrants', 5, 5],
    ['one of each', 1, 1],
    ['many of both', 300, 400],
  ])('%s', (_what, prizeCount, entrantCount) => {
    it('gives each prize once and nobody two, leaves the other prizes and lets the entrants go', async () => {
      const { redis } = fixture();
      const prizes = numbered('Prize ', prizeCount);
      const entrants = numbered('user', entrantCount);
      await write(redis, { open: true, prizes, entrants });
      const draw = fixture().draw();
      const outcome = await draw.pick();
      if (outcome.kind !== 'picked') throw new Error(outcome.kind);

      const count = Math.min(prizeCount, entrantCount);
      expect(outcome.entrants).toBe(entrantCount);
      expect(outcome.wins).toHaveLength(count);
      const won = new Set(outcome.wins.map(({ prize }) => prize));
      const winners = new Set(outcome.wins.map(({ login }) => login));
      expect([won.size, winners.size]).toEqual([count, count]);
      expect([...winners].filter((login) => !entrants.includes(login))).toEqual([]);

      const left = prizes.filter((prize) => !won.has(prize));
      const after = await dump(redis);
      expect(ownNames(after)).toEqual(OWN_AFTER_PICK);
      expect(shared(after)).toEqual({
        [KEYS.winners]: {
          value: Object.fromEntries(outcome.wins.map(({ prize, login }) => [prize, login])),
          expires: false,
        },
        ...(left.length > 0 ? { [KEYS.prizes]: { value: left.toSorted(), expires: false } } : {}),
      });
      expect((await draw.status()).state).toBe('DRAW_WON');
      expect(await draw.pick()).toEqual({ kind: 'refused', state: 'DRAW_WON' });
    });
  });

  describe('when something changes between the commitment and the pick', () => {
    /** A draw in which `meddle` happens once, while the beacon is waited for. */
    const meddled = (meddle: () => Promise<unknown>): { draw: Draw; beacon: FakeBeacon } => {
      const beacon = new FakeBeacon((times) => (times === 0 ? meddle() : undefined));
      return { draw: fixture().draw({ beacon, randomness: 'drand' }), beacon };
    };

    it('begins again with another round, so that whoever entered meanwhile takes part', async () => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A', 'B', 'C'], entrants: ['alice', 'bob'] });
      const { draw, beacon } = meddled(() => redis.sadd(KEYS.entrants, 'carol'));
      expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 3 });
      expect(beacon.asked).toEqual([1000, 1001]);
      expect(Object.values(await redis.hgetall(KEYS.winners)).toSorted()).toEqual(['alice', 'bob', 'carol']);
    });

    it.each([
      ['somebody less', 'srem', 'entrants', 'bob', 'alice', 'A,B'],
      ['a prize more', 'sadd', 'prizes', 'C', 'alice,bob', 'A,B,C'],
      ['a prize less', 'srem', 'prizes', 'A', 'alice,bob', 'B'],
    ] as const)('begins again: %s', async (_what, command, key, member, entrants, prizes) => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A', 'B'], entrants: ['alice', 'bob'] });
      const { draw, beacon } = meddled(() => redis[command](KEYS[key], member));
      expect(await draw.pick()).toMatchObject({ kind: 'picked' });
      expect(beacon.asked).toHaveLength(2);
      const proof = await draw.lastProof();
      expect(proof && 'prizes' in proof ? proof.prizes.join() : '').toBe(prizes);
      expect((await redis.smembers((await recordKeys(redis)).finalEntrants)).toSorted().join()).toBe(entrants);
    });

    it('is checked with its own entrants, though the next draw has been picked meanwhile', async () => {
      const draw = fixture().draw();
      await draw.start(['A']);
      for (const login of ['alice', 'bob']) await draw.enter(login);
      await draw.pick();
      const first = await draw.lastProof();
      await draw.start(['B']);
      await draw.enter('carol');
      await draw.pick();
      if (!isProof(first)) throw new Error('There is no record.');
      const { steps, ranks } = await draw.checkProof(first, ['alice']);
      expect(steps.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
      expect(ranks).toMatchObject([{ login: 'alice' }]);
    });

    it('begins again when as many left as came', async () => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A', 'B'], entrants: ['alice', 'bob'] });
      const { draw, beacon } = meddled(async () => {
        await redis.srem(KEYS.entrants, 'bob');
        await redis.sadd(KEYS.entrants, 'carol');
      });
      await draw.pick();
      expect(beacon.asked).toHaveLength(2);
      expect(Object.values(await redis.hgetall(KEYS.winners)).toSorted()).toEqual(['alice', 'carol']);
    });

    it.each([
      ['another program picked', 'DRAW_WON', { [KEYS.winners]: { value: { A: 'alice' }, expires: false } }],
      ['another program took it all away', 'NO_DRAW', {}],
    ])('refuses when %s, and changes nothing', async (_what, state, after) => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const { draw } = meddled(async () => {
        await redis.del(KEYS.isOpen, KEYS.prizes, KEYS.entrants);
        if (state === 'DRAW_WON') await redis.hset(KEYS.winners, 'A', 'alice');
      });
      expect(await draw.pick()).toEqual({ kind: 'refused', state });
      const left = await dump(redis);
      expect(shared(left)).toEqual(after);
      expect(ownNames(left)).toEqual(OWN_BEFORE_PICK);
    });

    it('refuses when another program named a winner, even with the prizes and the entrants still there', async () => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const { draw } = meddled(() => redis.hset(KEYS.winners, 'Z', 'zoe'));
      expect(await draw.pick()).toEqual({ kind: 'refused', state: 'DRAW_WON' });
      expect(await redis.hgetall(KEYS.winners)).toEqual({ Z: 'zoe' });
      expect(await redis.exists(KEYS.prizes, KEYS.entrants)).toBe(2);
    });

    it('leaves alone a draw that another program has opened meanwhile', async () => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const { draw } = meddled(async () => {
        await redis.del(KEYS.prizes, KEYS.entrants);
        await write(redis, { open: true, prizes: ['B'], entrants: ['bob'] });
      });
      expect(await draw.pick()).toEqual({ kind: 'refused', state: 'DRAW_OPEN_WITH_ENTRANTS' });
      expect(shared(await dump(redis))).toEqual({
        [KEYS.isOpen]: { value: 'true', expires: false },
        [KEYS.prizes]: { value: ['B'], expires: false },
        [KEYS.entrants]: { value: ['bob'], expires: false },
      });
    });

    it('says "too busy" when it never gets a quiet moment; the draw is closed, and nothing lost', async () => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const beacon = new FakeBeacon((times) => redis.sadd(KEYS.entrants, `user${times + 1}`));
      expect(await fixture().draw({ beacon, randomness: 'drand' }).pick()).toEqual({ kind: 'too_busy' });
      expect(beacon.asked.length).toBeGreaterThan(2);
      const left = await dump(redis);
      expect(ownNames(left)).toEqual(OWN_BEFORE_PICK);
      expect(shared(left)).toEqual({
        [KEYS.prizes]: { value: ['A'], expires: false },
        [KEYS.entrants]: { value: ['alice', ...numbered('user', beacon.asked.length)].toSorted(), expires: false },
      });
    });

    it('leaves no commitment behind', async () => {
      const { redis } = fixture();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      await meddled(() => redis.sadd(KEYS.entrants, 'bob')).draw.pick();
      expect(await redis.exists((await recordKeys(redis)).commitment)).toBe(0);
    });
  });

  it('is carried out once when ten ask at once', async () => {
    const { redis } = fixture();
    const entrants = numbered('user', 50);
    await write(redis, { open: true, prizes: numbered('P', 20), entrants });
    const draw = fixture().draw();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => draw.pick()));
    const picked = outcomes.filter((outcome) => outcome.kind === 'picked');
    expect(picked).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.kind === 'refused')).toEqual(
      Array(9).fill({ kind: 'refused', state: 'DRAW_WON' }),
    );
    const hash = Object.fromEntries(picked.flatMap(({ wins }) => wins.map(({ prize, login }) => [prize, login])));
    expect(await redis.hgetall(KEYS.winners)).toEqual(hash);
    expect(new Set(Object.values(hash)).size).toBe(20);
  });

  it('is carried out for an open draw of another program that has old winners', async () => {
    const { redis } = fixture();
    await write(redis, {
      open: true,
      prizes: ['A', 'B'],
      entrants: ['alice'],
      wins: [{ prize: 'Old', login: 'zoe' }],
    });
    await redis.set(KEYS.winnersJson, '[]');
    const outcome = await fixture().draw().pick();
    if (outcome.kind !== 'picked') throw new Error(outcome.kind);
    const [{ prize } = { prize: '' }] = outcome.wins;
    expect(outcome.wins).toEqual([{ prize, login: 'alice' }]);
    const after = await dump(redis);
    expect(ownNames(after)).toEqual(OWN_AFTER_PICK);
    expect(shared(after)).toEqual({
      [KEYS.winners]: { value: { Old: 'zoe', [prize]: 'alice' }, expires: false },
      [KEYS.prizes]: { value: [prize === 'A' ? 'B' : 'A'], expires: false },
    });
  });
};
