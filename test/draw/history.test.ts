import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draw, Draws } from '../../src/draw/index.ts';
import { BACKENDS, type Backend } from '../support/backends.ts';
import { drawFixture, HOME, KEYS, write } from '../support/fixtures/draw.ts';

const OTHER = 'C0OTHER';

describe.each(BACKENDS)('the draws that are over, %s', (_, open) => {
  let backend: Backend;
  let redis: Redis;
  let draws: Draws;
  let home: Draw;

  beforeEach(async () => {
    backend = await open();
    [redis] = backend.clients;
    draws = drawFixture(redis).draws({ entriesPerMember: 0 });
    home = draws.home;
  });

  afterEach(() => backend.close());

  /** Runs a draw through the bot, up to its winners. */
  const run = async (draw: Draw, prizes: readonly string[], logins: readonly string[]): Promise<string> => {
    await draw.start(prizes, undefined, 'UORG');
    for (const login of logins) await draw.enter(login, `U-${login}`);
    await draw.pick({ by: 'UORG' });
    return (await draw.status()).drawId;
  };
  /** The list of entrants that is kept of a draw. */
  const listOf = (id: string): Promise<string[]> =>
    redis.smembers(KEYS.draw(id).finalEntrants).then((all) => all.toSorted());

  it('are none before the first, nor is one that is still on', async () => {
    expect(await draws.history(20)).toEqual([]);
    await home.start(['A']);
    await home.enter('ada');
    await home.close();
    expect(await draws.history(20)).toEqual([]);
    await home.askForPick('UORG');
    expect(await draws.history(20)).toEqual([]);
  });

  it('have numbers that count up, whichever channel they are in; the newest comes first', async () => {
    const ids = [
      await run(home, ['A'], ['ada']),
      await run(draws.in(OTHER), ['B'], ['bob']),
      await run(home, ['C'], ['cyd']),
    ];
    const history = await draws.history(20);
    expect(history.map(({ number, id, channel }) => [number, id, channel])).toEqual([
      [3, ids[2], HOME],
      [2, ids[1], OTHER],
      [1, ids[0], HOME],
    ]);
    expect(await draws.history(2)).toEqual(history.slice(0, 2));
  });

  it('keep what they were: prizes, winners, how many entered, who started it, and when', async () => {
    const id = await run(home, ['A', 'B', 'C'], ['ada', 'bob']);
    await home.start(['D']);
    const [record] = await draws.history(1);
    expect(record).toEqual(await draws.record(id));
    expect(record).toMatchObject({
      phase: 'won',
      number: 1,
      startedBy: 'UORG',
      origin: 'bot',
      prizes: ['A', 'B', 'C'],
      entrants: 2,
      provenance: { by: 'local', entrants: 2 },
    });
    expect(record?.wins.map(({ login }) => login).toSorted()).toEqual(['ada', 'bob']);
    const { createdAt = 0, finishedAt = 0 } = record ?? {};
    expect(finishedAt).toBeGreaterThanOrEqual(createdAt - backend.clockOff);
    expect(Math.abs(finishedAt - Date.now())).toBeLessThan(60_000);
  });

  it('keep the list of those who took part, for a year at least', async () => {
    const id = await run(home, ['A'], ['cyd', 'ada', 'bob']);
    await home.start(['B']);
    expect(await listOf(id)).toEqual(['ada', 'bob', 'cyd']);
    expect(await redis.ttl(KEYS.draw(id).finalEntrants)).toBeGreaterThan(364 * 86_400);
  });

  it('keep the list also where Redis itself picks', async () => {
    const spop = drawFixture(redis).draws({ entriesPerMember: 0, randomness: 'spop' }).home;
    const id = await run(spop, ['A'], ['cyd', 'ada', 'bob']);
    expect(await listOf(id)).toEqual(['ada', 'bob', 'cyd']);
    expect(await redis.ttl(KEYS.draw(id).finalEntrants)).toBeGreaterThan(364 * 86_400);
  });

  it('keep who was in also when another program picks, and its winners', async () => {
    await home.start(['A']);
    for (const login of ['ada', 'bob']) await home.enter(login);
    await home.close();
    await home.advance();
    const { drawId } = await home.status();
    await redis.del(KEYS.prizes, KEYS.entrants);
    await write(redis, { wins: [{ prize: 'A', login: 'bob' }] });
    await home.start(['B']);
    expect(await listOf(drawId)).toEqual(['ada', 'bob']);
    expect(await redis.ttl(KEYS.draw(drawId).finalEntrants)).toBeGreaterThan(364 * 86_400);
    expect(await draws.history(20)).toMatchObject([
      { id: drawId, phase: 'won', entrants: 2, wins: [{ prize: 'A', login: 'bob' }], provenance: undefined },
    ]);
  });

  it('are those too that another one replaced, through the bot or not, with who was in', async () => {
    await home.start(['A']);
    await home.close();
    await home.start(['B']);
    for (const login of ['ada', 'bob']) await home.enter(login);
    await home.close();
    await home.advance();
    const { drawId } = await home.status();
    // Another program starts one.
    await redis.del(KEYS.entrants, KEYS.prizes);
    await write(redis, { open: true, prizes: ['C'] });
    await home.advance();
    expect(await draws.history(20)).toMatchObject([
      { number: 2, id: drawId, phase: 'replaced', prizes: ['B'], entrants: 2, wins: [] },
      { number: 1, phase: 'replaced', prizes: ['A'], entrants: 0, wins: [] },
    ]);
    expect(await listOf(drawId)).toEqual(['ada', 'bob']);
    expect(await home.status()).toMatchObject({ phase: 'open', prizes: ['C'] });
  });

  it('are counted once, however often they are looked at', async () => {
    await run(home, ['A'], ['ada']);
    for (let look = 0; look < 3; look++) await home.advance();
    await run(home, ['B'], ['ada']);
    expect((await draws.history(20)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('each name the one before, in their channel', async () => {
    const first = await run(home, ['A'], ['ada']);
    await run(draws.in(OTHER), ['X'], ['ada']);
    const second = await run(home, ['B'], ['ada']);
    expect((await draws.record(first))?.previous).toBe('');
    expect((await draws.record(second))?.previous).toBe(first);
  });

  it('of which nothing is known any more are none', async () => {
    expect(await draws.record('none')).toBeUndefined();
  });
});
