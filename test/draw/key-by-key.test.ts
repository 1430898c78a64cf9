import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draws } from '../../src/draw/index.ts';
import type { DrawRecord } from '../../src/draw/record.ts';
import { stopClock } from '../support/fixtures/clock.ts';
import { drawFixture, KEYS, take, write } from '../support/fixtures/draw.ts';
import { mockRedis } from '../support/redis.ts';

/** One command of another program. */
type Command = (redis: Redis) => Promise<unknown>;

/** As the original application starts a draw: key by key, some time apart. */
const start = (...prizes: readonly string[]): Command[] => [
  (redis) => redis.del(KEYS.entrants),
  (redis) => redis.del(KEYS.winners),
  (redis) => redis.del(KEYS.winnersJson),
  (redis) => redis.del(KEYS.prizes),
  ...prizes.map(
    (prize): Command =>
      (redis) =>
        redis.sadd(KEYS.prizes, prize),
  ),
  (redis) => redis.set(KEYS.isOpen, 'true'),
];

/** As it picks: a prize and an entrant at a time, and the winners at the end. */
function picking(): Command[] {
  const prizes: string[] = [];
  const logins: string[] = [];
  const pair: Command[] = [
    async (redis) => prizes.push((await take(redis, KEYS.prizes)) ?? ''),
    async (redis) => logins.push((await take(redis, KEYS.entrants)) ?? ''),
  ];
  const write: Command = async (redis) => {
    for (const [index, prize] of prizes.entries()) {
      if (prize !== '' && logins[index]) await redis.hset(KEYS.winners, prize, logins[index]);
    }
  };
  return [(redis) => redis.del(KEYS.isOpen), ...pair, ...pair, ...pair, write, (redis) => redis.del(KEYS.entrants)];
}

const enter = async (draws: Draws, ...logins: readonly string[]): Promise<void> => {
  for (const login of logins) await draws.home.enter(login, `U-${login}`);
};

/** What there was before, each with entrants, as the bot knows it. */
const BEFORE: Readonly<Record<string, (draws: Draws, redis: Redis) => Promise<unknown>>> = {
  nothing: async () => {},
  'an open draw of the bot': async (draws) => {
    await draws.home.start(['A', 'B', 'C']);
    await enter(draws, 'ada', 'bob', 'cyd', 'dan');
  },
  'an open draw of the bot that nobody has entered': (draws) => draws.home.start(['A', 'B', 'C']),
  'an open draw of another program': (_draws, redis) =>
    write(redis, { open: true, prizes: ['A', 'B', 'C'], entrants: ['ada', 'bob'] }),
  'an open draw that organisers have changed': async (draws) => {
    await draws.home.start(['A', 'B', 'Old']);
    await enter(draws, 'ada', 'bob', 'cyd', 'dan', 'eve');
    await draws.home.close();
    await draws.home.dropPrizes(['Old']);
    await draws.home.addPrizes(['C']);
    await draws.home.extend(86_400);
    await draws.home.leave('U-eve');
    await enter(draws, 'fay');
    await draws.home.remove('fay');
  },
  'a closed draw': async (draws) => {
    await draws.home.start(['A', 'B', 'C']);
    await enter(draws, 'ada', 'bob', 'cyd', 'dan');
    await draws.home.close();
  },
  'a closed draw that organisers have changed': async (draws) => {
    await draws.home.start(['A', 'B', 'Old']);
    await enter(draws, 'ada', 'bob', 'cyd', 'dan');
    await draws.home.close();
    await draws.home.addPrizes(['C']);
    await draws.home.dropPrizes(['Old']);
    await draws.home.remove('dan');
  },
  'a draw that was cancelled': async (draws) => {
    await draws.home.start(['A', 'B', 'C']);
    await enter(draws, 'ada', 'bob');
    await draws.home.cancel('');
  },
  'a draw whose pick has been committed to': async (draws) => {
    await draws.home.start(['A', 'B', 'C']);
    await enter(draws, 'ada', 'bob', 'cyd', 'dan');
    await draws.home.askForPick('U1');
  },
  'a draw that has been won, with a prize left': async (draws) => {
    await draws.home.start(['A', 'B', 'C']);
    await enter(draws, 'ada', 'bob');
    await draws.home.pick();
  },
};

describe('what another program does key by key', () => {
  let redis: Redis;
  let draws: Draws;

  beforeEach(() => {
    redis = mockRedis();
    stopClock();
    draws = drawFixture(redis).draws();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const pass = (milliseconds: number): void => void vi.advanceTimersByTime(milliseconds);
  const look = async (): Promise<DrawRecord | undefined> => (await draws.home.observe()).record;
  /** Every draw there has been, oldest first. */
  const all = async (): Promise<readonly DrawRecord[]> => {
    const before = (await draws.history(100)).toReversed();
    const last = await look();
    return last === undefined || before.some(({ id }) => id === last.id) ? before : [...before, last];
  };
  /** The other program does this; the bot looks in between, where it does, and until it is sure of what has happened. */
  const happens = async (commands: readonly Command[], looks: (index: number) => boolean): Promise<void> => {
    for (const [index, command] of commands.entries()) {
      await command(redis);
      if (looks(index)) await look();
      pass(30);
    }
    for (let again: number | undefined = 0; again !== undefined; again = (await draws.home.observe()).again) {
      pass(Math.max(again, 1));
    }
  };
  const prepare = async (name: string): Promise<number> => {
    await BEFORE[name]?.(draws, redis);
    await look();
    // Long after, so that nothing of it is just beginning.
    pass(60_000);
    await look();
    return (await all()).length;
  };

  const LOOKS: ReadonlyArray<readonly [string, (index: number) => boolean]> = [
    ['looked at after each key', () => true],
    ['looked at after every other key', (index) => index % 2 === 0],
    ['looked at after every third key', (index) => index % 3 === 1],
    ['looked at only afterwards', () => false],
    ...[3, 4, 5, 6].map((at) => [`looked at after key ${at + 1}`, (index: number) => index === at] as const),
  ];

  describe.each(Object.keys(BEFORE))('a draw that is started after %s', (name) => {
    describe.each([
      ['other prizes', ['X', 'Y']],
      ['the same prizes', ['A', 'B', 'C']],
      ['the same prizes and one more', ['A', 'B', 'C', 'D']],
    ])('with %s', (what, prizes) => {
      it.each(LOOKS)('is one draw more, and has its own prizes: %s', async (_how, looks) => {
        const count = await prepare(name);
        await happens(start(...prizes), looks);
        const draws = await all();
        // A draw that nobody had entered yet, and the same once more, are the same to everybody.
        const isSame = name.includes('nobody has entered') && what === 'the same prizes' && draws.length === count;
        if (!isSame) expect(draws.length - count).toBe(1);
        expect(draws.at(-1)).toMatchObject({
          phase: 'open',
          prizes,
          entrants: 0,
          wins: [],
        });
        const before = draws.at(-2);
        if (before !== undefined) expect(before.phase).toBe(/won|cancelled/.exec(name)?.[0] ?? 'replaced');
        expect(draws.slice(0, -1).map(({ number }) => number)).toEqual(draws.slice(0, -1).map((_, index) => index + 1));
      });
    });
  });

  describe.each(Object.keys(BEFORE).filter((name) => /open draw|closed draw|committed/.test(name)))(
    'a pick of %s',
    (name) => {
      it.each(LOOKS)('is no other draw, and its numbers stay: %s', async (_how, looks) => {
        const count = await prepare(name);
        const before = await look();
        await happens(picking(), looks);
        const [record] = (await all()).slice(count - 1);
        expect(await all()).toHaveLength(count);
        const winners = Math.min(3, before?.entrants ?? 0);
        expect(record).toMatchObject({
          id: before?.id,
          entrants: before?.entrants,
          prizes: before?.prizes,
          phase: winners === 0 ? 'replaced' : 'won',
          provenance: undefined,
          isPickedElsewhere: false,
        });
        expect(record?.wins).toHaveLength(winners);
      });
    },
  );

  it.each(LOOKS)('a pick when nobody is in, which loses a prize, is no other draw: %s', async (_how, looks) => {
    const count = await prepare('an open draw of the bot that nobody has entered');
    await happens(picking().slice(0, 3), looks);
    expect(await all()).toHaveLength(count);
    expect(await look()).toMatchObject({ phase: 'closed', entrants: 0, isPickedElsewhere: false });
    expect((await look())?.prizes).toHaveLength(2);
  });

  it('a pick with the winners of an earlier draw still there is no other draw', async () => {
    await write(redis, {
      open: true,
      prizes: ['A', 'B'],
      entrants: ['ada', 'bob', 'cyd'],
      wins: [{ prize: 'Old', login: 'zoe' }],
    });
    await look();
    pass(60_000);
    await happens(picking(), () => true);
    expect(await all()).toHaveLength(1);
    expect(await look()).toMatchObject({ phase: 'won', prizes: ['A', 'B'], entrants: 3 });
  });

  it('a second pick after ours, by somebody whose page is old, adds to our winners', async () => {
    await prepare('a draw that has been won, with a prize left');
    const before = await look();
    await redis.sadd(KEYS.entrants, 'late');
    await happens(picking(), () => true);
    expect(await all()).toHaveLength(1);
    expect(await look()).toMatchObject({ id: before?.id, addedLater: 1, entrants: 2, provenance: before?.provenance });
    expect((await look())?.wins).toHaveLength(3);
  });

  it('a whole draw that comes and goes between two looks is another one', async () => {
    const count = await prepare('a draw that has been won, with a prize left');
    await happens([...start('X'), (redis) => redis.sadd(KEYS.entrants, 'eve'), ...picking()], () => false);
    expect((await all()).slice(count)).toMatchObject([
      { origin: 'other', phase: 'won', prizes: ['X'], wins: [{ prize: 'X', login: 'eve' }], isOldNews: false },
    ]);
  });
});
