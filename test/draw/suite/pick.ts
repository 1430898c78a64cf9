import { describe, expect, it } from 'vitest';
import { type Chooser, uniformChooser } from '../../../src/draw/chooser.ts';
import { dump, KEYS, numbered, shared, type Topic, write } from './bench.ts';

export const pick: Topic = (bench) => {
  describe.each([
    ['more prizes than entrants', 7, 3],
    ['fewer prizes than entrants', 3, 7],
    ['as many prizes as entrants', 5, 5],
    ['one of each', 1, 1],
    ['many of both', 300, 400],
  ])('%s', (_what, prizeCount, entrantCount) => {
    it('gives each prize once and nobody two, leaves the other prizes and lets the entrants go', async () => {
      const { redis } = bench();
      const prizes = numbered('Prize ', prizeCount);
      const entrants = numbered('user', entrantCount);
      await write(redis, { open: true, prizes, entrants });
      const draw = bench().draw();
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
      expect(await dump(redis)).toEqual({
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

  it('gives the chooser every prize and every entrant, once', async () => {
    await write(bench().redis, { prizes: ['A', 'B'], entrants: ['alice', 'bob', 'carol'] });
    const seen: string[][] = [];
    const choose: Chooser = (prizes, entrants) => {
      seen.push(prizes.toSorted(), entrants.toSorted());
      return uniformChooser(prizes, entrants);
    };
    await bench().draw({ choose }).pick();
    expect(seen).toEqual([
      ['A', 'B'],
      ['alice', 'bob', 'carol'],
    ]);
  });

  describe('when something changes between looking and picking', () => {
    /** Runs `meddle` after the first look, then lets things be. */
    const meddled = (meddle: () => unknown): { choose: Chooser; seen: string[] } => {
      const seen: string[] = [];
      const choose: Chooser = (prizes, entrants) => {
        if (seen.length === 0) meddle();
        seen.push(`${prizes.toSorted().join()} for ${entrants.toSorted().join()}`);
        return uniformChooser(prizes, entrants);
      };
      return { choose, seen };
    };

    it('begins again, so that whoever entered meanwhile takes part', async () => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A', 'B', 'C'], entrants: ['alice', 'bob'] });
      const { choose, seen } = meddled(() => void redis.sadd(KEYS.entrants, 'carol'));
      const outcome = await bench().draw({ choose }).pick();
      expect(seen).toEqual(['A,B,C for alice,bob', 'A,B,C for alice,bob,carol']);
      expect(outcome).toMatchObject({ kind: 'picked', entrants: 3 });
      expect(Object.values(await redis.hgetall(KEYS.winners)).toSorted()).toEqual(['alice', 'bob', 'carol']);
    });

    it.each([
      ['somebody else for somebody', 'srem', 'entrants', 'bob', 'A,B for alice'],
      ['a prize more', 'sadd', 'prizes', 'C', 'A,B,C for alice,bob'],
      ['a prize less', 'srem', 'prizes', 'A', 'B for alice,bob'],
    ] as const)('begins again: %s', async (_what, command, key, member, then) => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A', 'B'], entrants: ['alice', 'bob'] });
      const { choose, seen } = meddled(() => void redis[command](KEYS[key], member));
      expect(await bench().draw({ choose }).pick()).toMatchObject({ kind: 'picked' });
      expect(seen).toEqual(['A,B for alice,bob', then]);
    });

    it('begins again when as many left as came', async () => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A', 'B'], entrants: ['alice', 'bob'] });
      const { choose, seen } = meddled(() => {
        void redis.srem(KEYS.entrants, 'bob');
        void redis.sadd(KEYS.entrants, 'carol');
      });
      await bench().draw({ choose }).pick();
      expect(seen).toEqual(['A,B for alice,bob', 'A,B for alice,carol']);
    });

    it.each([
      ['another program picked', 'DRAW_WON', { [KEYS.winners]: { value: { A: 'alice' }, expires: false } }],
      ['another program took it all away', 'NO_DRAW', {}],
    ])('refuses when %s, and changes nothing', async (_what, state, after) => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const { choose } = meddled(() => {
        void redis.del(KEYS.isOpen, KEYS.prizes, KEYS.entrants);
        if (state === 'DRAW_WON') void redis.hset(KEYS.winners, 'A', 'alice');
      });
      expect(await bench().draw({ choose }).pick()).toEqual({ kind: 'refused', state });
      expect(shared(await dump(redis))).toEqual(after);
    });

    it('refuses when another program named a winner, even with the prizes and the entrants still there', async () => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const { choose } = meddled(() => {
        void redis.del(KEYS.isOpen);
        void redis.hset(KEYS.winners, 'Z', 'zoe');
      });
      expect(await bench().draw({ choose }).pick()).toEqual({ kind: 'refused', state: 'DRAW_WON' });
      expect(await redis.hgetall(KEYS.winners)).toEqual({ Z: 'zoe' });
      expect(await redis.exists(KEYS.prizes, KEYS.entrants)).toBe(2);
    });

    it('picks all the same when the draw was closed meanwhile', async () => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const { choose, seen } = meddled(() => void redis.del(KEYS.isOpen));
      expect(await bench().draw({ choose }).pick()).toMatchObject({ kind: 'picked' });
      expect(seen).toHaveLength(1);
    });

    it('says "too busy" when it never gets a quiet moment, and has changed nothing', async () => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      let attempts = 0;
      const choose: Chooser = (prizes, entrants) => {
        void redis.sadd(KEYS.entrants, `user${++attempts}`);
        return uniformChooser(prizes, entrants);
      };
      expect(await bench().draw({ choose }).pick()).toEqual({ kind: 'too_busy' });
      expect(attempts).toBeGreaterThan(2);
      expect(shared(await dump(redis))).toEqual({
        [KEYS.isOpen]: { value: 'true', expires: false },
        [KEYS.prizes]: { value: ['A'], expires: false },
        [KEYS.entrants]: { value: ['alice', ...numbered('user', attempts)].toSorted(), expires: false },
      });
    });

    it('leaves no copies behind', async () => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const { choose } = meddled(() => void redis.sadd(KEYS.entrants, 'bob'));
      await bench().draw({ choose }).pick();
      expect(await redis.keys('prizedraw:slack:pick:*')).toEqual([]);
    });

    it('leaves copies behind that last a minute at most when it ends halfway', async () => {
      const { redis } = bench();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const choose = (): never => {
        throw new Error('ended halfway');
      };
      await expect(bench().draw({ choose }).pick()).rejects.toThrow('ended halfway');
      const copies = await redis.keys('prizedraw:slack:pick:*');
      expect(copies).toHaveLength(2);
      for (const copy of copies) {
        const ttl = await redis.ttl(copy);
        expect(ttl).toBeGreaterThan(0);
        expect(ttl).toBeLessThanOrEqual(60);
      }
    });
  });

  it('is carried out once when ten ask at once', async () => {
    const { redis } = bench();
    const entrants = numbered('user', 50);
    await write(redis, { open: true, prizes: numbered('P', 20), entrants });
    const draw = bench().draw();
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
    const { redis } = bench();
    await write(redis, {
      open: true,
      prizes: ['A', 'B'],
      entrants: ['alice'],
      wins: [{ prize: 'Old', login: 'zoe' }],
    });
    await redis.set(KEYS.winnersJson, '[]');
    const outcome = await bench().draw().pick();
    if (outcome.kind !== 'picked') throw new Error(outcome.kind);
    const [{ prize } = { prize: '' }] = outcome.wins;
    expect(outcome.wins).toEqual([{ prize, login: 'alice' }]);
    expect(await dump(redis)).toEqual({
      [KEYS.winners]: { value: { Old: 'zoe', [prize]: 'alice' }, expires: false },
      [KEYS.prizes]: { value: [prize === 'A' ? 'B' : 'A'], expires: false },
    });
  });

  it('changes nothing when the chooser fails', async () => {
    const { redis } = bench();
    await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
    const before = await dump(redis);
    const choose: Chooser = () => {
      throw new Error('no randomness');
    };
    await expect(bench().draw({ choose }).pick()).rejects.toThrow('no randomness');
    expect(shared(await dump(redis))).toEqual(before);
  });
};
