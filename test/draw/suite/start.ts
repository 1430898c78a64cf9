import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { cacheProfiles, dump, KEYS, type Topic, write } from '../../support/fixtures/draw.ts';

/** Starting and closing. */
export const start: Topic = (fixture) => {
  it('keeps the draw open for its duration, to the second', async () => {
    expect(await fixture().draw().start(['A'], 1800)).toEqual({ kind: 'started' });
    const ttl = await fixture().redis.pttl(KEYS.isOpen);
    expect(ttl).toBeGreaterThan(1_795_000);
    expect(ttl).toBeLessThanOrEqual(1_800_000);
  });

  it('sets no timer without a duration, also after a draw that had one', async () => {
    const draw = fixture().draw();
    await draw.start(['A'], 1800);
    await draw.close();
    await draw.start(['B']);
    expect(await fixture().redis.pttl(KEYS.isOpen)).toBe(-1);
    expect((await draw.status()).closesIn).toBeUndefined();
  });

  it('keeps the prizes as given, letter for letter', async () => {
    const prizes = [
      'Sticker',
      'sticker',
      'Caf\u00e9',
      'Cafe\u0301',
      '🎁 <b>"&amp;"</b>',
      '-1',
      '0',
      'a\nb',
      'x'.repeat(500),
    ];
    await fixture().draw().start(prizes);
    expect((await fixture().redis.smembers(KEYS.prizes)).toSorted()).toEqual(prizes.toSorted());
  });

  it('never deletes a profile, and forgets who entered the draw before', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U1');
    await draw.pick();
    await cacheProfiles(redis, 'bob');
    await draw.start(['B']);
    expect(await redis.exists(KEYS.profile('alice'), KEYS.profile('bob'))).toBe(2);
    expect(await draw.status('U1')).toMatchObject({ logins: [], entered: [], entrants: 0 });
    expect(await draw.winners()).toEqual([]);
  });

  it('gives each draw an ID of its own, and none to a refused one', async () => {
    const draw = fixture().draw();
    await draw.start(['A']);
    const { drawId } = await draw.status();
    expect(drawId).not.toBe('');
    expect(await draw.start(['B'])).toEqual({ kind: 'refused', state: 'DRAW_OPEN_NO_ENTRANTS' });
    expect((await draw.status()).drawId).toBe(drawId);
    await draw.close();
    await draw.start(['B']);
    expect((await draw.status()).drawId).not.toBe(drawId);
  });

  it('lets only one of ten start at once', async () => {
    const draw = fixture().draw();
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => draw.start([`A${index}`, 'B'])));
    expect(outcomes.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    const started = outcomes.findIndex(({ kind }) => kind === 'started');
    expect((await draw.status()).prizes).toEqual([`A${started}`, 'B']);
  });

  it('keeps the winners of each draw that another follows, also of one from before the bot ran', async () => {
    const draws = fixture().draws();
    const ids: string[] = [];
    await write(fixture().redis, { wins: [{ prize: 'Old', login: 'zoe' }] });
    for (const prize of ['A', 'B', 'C']) {
      await draws.home.start([prize, `${prize} too`]);
      await fixture().redis.sadd(KEYS.entrants, 'alice', 'bob');
      await draws.home.pick();
      ids.push((await draws.home.status()).drawId);
    }
    const [first, ...others] = (await draws.history(20)).toReversed();
    expect(first).toMatchObject({ isOldNews: true, wins: [{ prize: 'Old', login: 'zoe' }] });
    expect(others.map(({ id }) => id)).toEqual(ids);
    expect(others.map(({ wins }) => wins.map(({ prize }) => prize).toSorted())).toEqual([
      ['A', 'A too'],
      ['B', 'B too'],
      ['C', 'C too'],
    ]);
    await draws.home.start(['D']);
    expect((await draws.history(2)).map(({ id }) => id)).toEqual(ids.slice(1).toReversed());
  });

  it('closes only once, and only an open draw', async () => {
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice');
    const outcomes = await Promise.all([draw.close(), draw.close(), draw.close()]);
    expect(outcomes.filter(({ kind }) => kind === 'closed')).toEqual([{ kind: 'closed', entrants: 1 }]);
    expect(outcomes.filter(({ kind }) => kind === 'not_open')).toEqual([
      { kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' },
      { kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' },
    ]);
  });

  it('is closed by its timer, with everything else in place', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await write(redis, { prizes: ['A'], entrants: ['alice'] });
    await redis.set(KEYS.isOpen, 'true', 'PX', 60);
    const { state, closesIn } = await draw.status();
    expect(state).toBe('DRAW_OPEN_WITH_ENTRANTS');
    expect(closesIn).toBeGreaterThan(0);
    expect(closesIn).toBeLessThanOrEqual(60);
    await pause(100);
    expect(await draw.status()).toMatchObject({ state: 'DRAW_CLOSED_WITH_ENTRANTS', closesIn: undefined });
    expect(await draw.enter('bob')).toEqual({ kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
    expect(await draw.close()).toEqual({ kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
    expect(await dump(redis)).toEqual({
      [KEYS.prizes]: { value: ['A'], expires: false },
      [KEYS.entrants]: { value: ['alice'], expires: false },
    });
  });
};
