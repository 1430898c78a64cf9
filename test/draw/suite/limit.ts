import { expect, it } from 'vitest';
import { KEYS, recordKeys, type Topic, write } from '../../support/fixtures/draw.ts';

/** How many logins one member may enter. */
export const limit: Topic = (fixture) => {
  it('is one unless another number is given, and says which login is in', async () => {
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U1');
    expect(await draw.enter('bob', 'U1')).toEqual({ kind: 'enough', logins: ['alice'] });
    expect(await draw.entrants()).toEqual({ count: 1, logins: ['alice'] });
    // Nobody was asked about a login that cannot be entered.
    expect(fixture().profiles.asked).toEqual(['alice']);
  });

  it('is each member’s own, and not for entries of which no member is known', async () => {
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U1');
    for (const [login, member] of [
      ['bob', 'U2'],
      ['carol', undefined],
      ['dave', undefined],
    ] as const) {
      expect(await draw.enter(login, member)).toMatchObject({ kind: 'entered' });
    }
  });

  it('is told after “already in”, and after the draw has closed', async () => {
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U1');
    expect(await draw.enter('alice', 'U1')).toMatchObject({ kind: 'already_in' });
    await draw.close();
    expect(await draw.enter('bob', 'U1')).toMatchObject({ kind: 'not_open' });
  });

  it('holds between two steps of one entry', async () => {
    const draw = fixture().draw();
    await draw.start(['A']);
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((login) => draw.enter(login, 'U1')));
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(['enough', 'enough', 'enough', 'entered']);
    expect((await draw.entrants()).count).toBe(1);
  });

  it.each([
    [2, ['entered', 'entered', 'enough', 'enough']],
    [3, ['entered', 'entered', 'entered', 'enough']],
    [0, ['entered', 'entered', 'entered', 'entered']],
  ])('can be %i', async (entriesPerMember, kinds) => {
    const draw = fixture().draw({ entriesPerMember });
    await draw.start(['A']);
    const seen: string[] = [];
    for (const login of ['a', 'b', 'c', 'd']) seen.push((await draw.enter(login, 'U1')).kind);
    expect(seen).toEqual(kinds);
  });

  it('begins anew with each draw, whoever starts it', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U1');
    await draw.pick();
    await draw.start(['B']);
    expect(await draw.enter('bob', 'U1')).toMatchObject({ kind: 'entered' });
    await redis.del(KEYS.isOpen, KEYS.prizes, KEYS.entrants);
    await write(redis, { open: true, prizes: ['C'] });
    expect(await draw.enter('carol', 'U1')).toMatchObject({ kind: 'entered' });
    expect(await redis.hgetall((await recordKeys(redis)).memberOf)).toEqual({ carol: 'U1' });
  });

  it('counts only what is in the draw: an entry that an organiser took out makes room', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U2');
    await draw.enter('typo', 'U1');
    await redis.srem(KEYS.entrants, 'typo');
    expect(await draw.enter('bob', 'U1')).toMatchObject({ kind: 'entered' });
    expect(await draw.status('U1')).toMatchObject({ entered: ['bob'] });
  });
};
