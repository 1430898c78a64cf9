import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EnterOutcome } from '../../../src/draw/enter.ts';
import { createDraws, type Draw } from '../../../src/draw/index.ts';
import { FakeProfiles, found, HOME, KEYS, numbered, write } from '../../support/fixtures/draw.ts';
import type { TestRedis } from '../../support/redis.ts';
import { connect } from './real.ts';

/** What each of many entries came to. */
type Told = ReadonlyArray<{ readonly login: string; readonly outcome: EnterOutcome }>;

/**
 * Declares what happens when many people and several replicas of the bot do things at once.
 * @param server gives a Redis that the tests may empty
 */
export function races(server: () => TestRedis): void {
  let clients: Redis[] = [];
  let draws: Draw[] = [];

  beforeAll(async () => {
    clients = await Promise.all(Array.from({ length: 5 }, () => connect(server().url)));
  });
  beforeEach(async () => {
    await client().flushall();
    draws = clients.map((redis) => createDraws({ redis, profiles: slowProfiles(), home: HOME }).home);
  });
  afterAll(() => Promise.all(clients.map((redis) => redis.quit())));

  /** A source that takes a random moment for each look-up. */
  const slowProfiles = (): FakeProfiles => {
    const profiles = new FakeProfiles();
    profiles.answer = async (login) => {
      await pause(Math.random() * 20);
      return found(login);
    };
    return profiles;
  };
  const client = (): Redis => at(clients, 0);
  const replica = (index: number): Draw => at(draws, index);
  const enterAll = (logins: readonly string[]): Promise<Told> =>
    Promise.all(logins.map(async (login, index) => ({ login, outcome: await replica(index).enter(login) })));
  const loginsTold = (told: Told, kind: EnterOutcome['kind']): string[] =>
    told.filter(({ outcome }) => outcome.kind === kind).map(({ login }) => login);

  it('500 entries with duplicates: everybody is in, once, and only the first is told "entered"', async () => {
    await replica(0).start(['A']);
    const logins = numbered('user', 300);
    const told = await enterAll([...logins, ...logins.slice(0, 200)]);
    expect(loginsTold(told, 'entered').toSorted()).toEqual(logins.toSorted());
    expect(loginsTold(told, 'already_in').toSorted()).toEqual(logins.slice(0, 200).toSorted());
    expect((await client().smembers(KEYS.entrants)).toSorted()).toEqual(logins.toSorted());
    expect(await replica(1).status()).toMatchObject({ entrants: 300 });
  });

  it('entries racing a close: who is told "entered" is in, who is told "closed" is not', async () => {
    let late = 0;
    for (let round = 0; round < 8; round++) {
      await client().flushall();
      await replica(0).start(['A']);
      const closing = pause(5 + 2 * round).then(() => replica(round).close());
      const told = await enterAll(numbered('user', 200));
      expect(await closing).toMatchObject({ kind: 'closed' });
      const entered = loginsTold(told, 'entered');
      const refused = loginsTold(told, 'not_open');
      expect(entered.length + refused.length).toBe(200);
      expect((await client().smembers(KEYS.entrants)).toSorted()).toEqual(entered.toSorted());
      expect(await closing).toEqual({ kind: 'closed', entrants: entered.length });
      late += refused.length;
    }
    expect(late).toBeGreaterThan(0);
  });

  it('ten picks racing entries: one is carried out, with everybody who was told "entered"', async () => {
    for (let round = 0; round < 5; round++) {
      await client().flushall();
      const prizes = numbered('Prize ', 40);
      await replica(0).start(prizes);
      const entering = enterAll(numbered('user', 200));
      await pause(round * 4);
      const racing = await Promise.all(Array.from({ length: 10 }, (_, index) => replica(index).pick()));
      const told = await entering;
      const entered = loginsTold(told, 'entered');
      // Whoever came too early (nobody in yet) or found it too busy has changed nothing; then one more pick does it.
      const early = racing.some(({ kind }) => kind === 'picked');
      const outcomes = early ? racing : [...racing, await replica(0).pick()];
      const picked = outcomes.flatMap((outcome) => (outcome.kind === 'picked' ? [outcome] : []));
      expect(picked).toHaveLength(1);
      const wins = picked.flatMap((outcome) => outcome.wins);
      expect(picked.map(({ entrants }) => entrants)).toEqual([entered.length]);
      expect(new Set(wins.map(({ prize }) => prize)).size).toBe(wins.length);
      expect(new Set(wins.map(({ login }) => login)).size).toBe(wins.length);
      expect(wins.filter(({ login }) => !entered.includes(login))).toEqual([]);
      expect(wins).toHaveLength(Math.min(prizes.length, entered.length));
      expect(await client().hgetall(KEYS.winners)).toEqual(
        Object.fromEntries(wins.map(({ prize, login }) => [prize, login])),
      );
      expect(await client().scard(KEYS.prizes)).toBe(prizes.length - wins.length);
      expect(await client().exists(KEYS.entrants, KEYS.isOpen)).toBe(0);
    }
  });

  it('ten picks of one quiet draw from five replicas: one is carried out', async () => {
    for (let round = 0; round < 10; round++) {
      await client().flushall();
      await write(client(), { open: true, prizes: numbered('P', 30), entrants: numbered('user', 20) });
      const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => replica(index).pick()));
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['picked', ...Array(9).fill('refused')]);
      expect(new Set(await client().hvals(KEYS.winners)).size).toBe(20);
      expect(await client().scard(KEYS.prizes)).toBe(10);
    }
  });

  it('start racing start: one draw, with the prizes of one', async () => {
    for (let round = 0; round < 10; round++) {
      await client().flushall();
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => replica(index).start([`A${index}`, `B${index}`], 60 + index)),
      );
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([...Array(9).fill('refused'), 'started']);
      const started = outcomes.findIndex(({ kind }) => kind === 'started');
      expect((await replica(0).status()).prizes).toEqual([`A${started}`, `B${started}`]);
      expect(Math.abs((await client().ttl(KEYS.isOpen)) - 60 - started)).toBeLessThan(2);
    }
  });

  it('start racing pick: nobody who entered is lost between the two', async () => {
    for (let round = 0; round < 10; round++) {
      await client().flushall();
      await write(client(), { prizes: ['A'], entrants: ['alice'] });
      const [picked, started] = await Promise.all([replica(0).pick(), replica(1).start(['B'])]);
      expect(picked).toMatchObject({ kind: 'picked', wins: [{ prize: 'A', login: 'alice' }] });
      // Before the pick, a start is refused; after it, it begins a new draw.
      const state = started.kind === 'started' ? 'DRAW_OPEN_NO_ENTRANTS' : 'DRAW_WON';
      expect((await replica(2).status()).state).toBe(state);
    }
  });
}

/** The item at an index, counted round and round. */
function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('There are none.');
  return item;
}
