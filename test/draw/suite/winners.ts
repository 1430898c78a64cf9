import { describe, expect, it, vi } from 'vitest';
import {
  cacheProfiles,
  found,
  KEYS,
  nameOf,
  recordKeys,
  type Topic,
  userJson,
  write,
} from '../../support/fixtures/draw.ts';

const WINS = [
  { prize: 'Sticker 10', login: 'alice' },
  { prize: 'Sticker 9', login: 'bob' },
  { prize: 'Book', login: 'carol' },
];

/** The three winners as they are shown, in the natural order of their prizes. */
const shownAs = (prize: string, login: string, name = nameOf(login), image = `https://avatars.example/${login}`) => ({
  prize,
  login,
  name,
  image,
  member: undefined,
});
const SHOWN = [shownAs('Book', 'carol'), shownAs('Sticker 9', 'bob'), shownAs('Sticker 10', 'alice')];
const CACHE = SHOWN.map(({ name, prize, image }) => ({ name, prize, image }));

export const winners: Topic = (fixture) => {
  it('are none as long as none are out', async () => {
    const draw = fixture().draw();
    expect([await draw.wins(), await draw.winners()]).toEqual([[], []]);
    await fixture().redis.set(KEYS.winnersJson, JSON.stringify(CACHE));
    expect(await draw.winners()).toEqual([]);
  });

  it('come in the natural order of their prizes, with names and avatars, and fill the cache once', async () => {
    const { redis, profiles } = fixture();
    await write(redis, { wins: WINS });
    await cacheProfiles(redis, 'alice', 'bob', 'carol');
    const draw = fixture().draw();
    expect(await draw.wins()).toEqual(SHOWN.map(({ prize, login }) => ({ prize, login })));
    expect(await draw.winners()).toEqual(SHOWN);
    const cache = await redis.get(KEYS.winnersJson);
    expect(JSON.parse(cache ?? '')).toEqual(CACHE);
    expect(await redis.ttl(KEYS.winnersJson)).toBe(-1);

    await redis.del(KEYS.profile('alice'));
    await redis.set(KEYS.profile('bob'), userJson('bob', { name: 'Robert' }));
    expect(await draw.winners()).toEqual(SHOWN);
    expect(await redis.get(KEYS.winnersJson)).toBe(cache);
    expect(profiles.asked).toEqual([]);
  });

  it('are read with one MGET, and with none from the cache', async () => {
    const { redis } = fixture();
    await write(redis, { wins: WINS });
    await cacheProfiles(redis, 'alice', 'bob', 'carol');
    const mget = vi.spyOn(redis, 'mget');
    const get = vi.spyOn(redis, 'get');
    const draw = fixture().draw();
    await draw.winners();
    expect(mget).toHaveBeenCalledTimes(1);
    await draw.winners();
    expect(mget).toHaveBeenCalledTimes(1);
    const { shown } = await recordKeys(redis);
    expect(get.mock.calls.flat()).toEqual([shown, shown]);
  });

  it('show the login of whoever has no name, and the member who entered it', async () => {
    const { redis } = fixture();
    await write(redis, { open: true, prizes: ['A', 'B'] });
    await redis.set(KEYS.profile('alice'), userJson('alice', { name: null }));
    await redis.srem(KEYS.prizes, 'B');
    const draw = fixture().draw();
    await draw.enter('alice', 'U1');
    await draw.pick();
    expect(await draw.winners()).toEqual([{ ...shownAs('A', 'alice', 'alice'), member: 'U1' }]);
    expect(await draw.winners()).toEqual([{ ...shownAs('A', 'alice', 'alice'), member: 'U1' }]);
  });

  describe('the cache of another program', () => {
    it('is not believed, as it names no logins: it may be a former winner’s; and it is left as it is', async () => {
      const { redis, profiles } = fixture();
      await write(redis, { wins: WINS });
      await cacheProfiles(redis, 'alice', 'bob', 'carol');
      const theirs = CACHE.map((entry) => ({ ...entry, name: `Their ${entry.name}`, more: 1 })).toReversed();
      await redis.set(KEYS.winnersJson, JSON.stringify(theirs));
      const draw = fixture().draw();
      for (const _ of ['read', 'read again']) expect(await draw.winners()).toEqual(SHOWN);
      expect(profiles.asked).toEqual([]);
      expect(await redis.get(KEYS.winnersJson)).toBe(JSON.stringify(theirs));
    });

    const OTHER = CACHE.map((entry) => ({ ...entry, name: 'Somebody else' }));

    it.each([
      ['not JSON', 'garbage'],
      ['empty', ''],
      ['no list', '{}'],
      ['of an empty list', '[]'],
      ['of other things', '[1, null, "x"]'],
      ['without images', JSON.stringify(OTHER.map(({ name, prize }) => ({ name, prize })))],
      ['of fewer winners', JSON.stringify(OTHER.slice(1))],
      ['of more winners', JSON.stringify([...OTHER, { name: 'X', prize: 'Y', image: 'https://x.example' }])],
      ['of another prize', JSON.stringify(OTHER.map((entry, index) => (index ? entry : { ...entry, prize: 'Z' })))],
      ['of one prize three times', JSON.stringify([OTHER[0], OTHER[0], OTHER[0]])],
    ])('is ignored when it is %s', async (_what, cache) => {
      const { redis } = fixture();
      await write(redis, { wins: WINS });
      await cacheProfiles(redis, 'alice', 'bob', 'carol');
      await redis.set(KEYS.winnersJson, cache);
      expect(await fixture().draw().winners()).toEqual(SHOWN);
    });

    it.each(['', 'avatar.png', 'javascript:alert(1)', 'data:image/png;base64,AAAA'])(
      'never makes an avatar of what is no web address (%s)',
      async (image) => {
        const { redis } = fixture();
        await write(redis, { wins: WINS });
        await cacheProfiles(redis, 'alice', 'bob', 'carol');
        await redis.set(KEYS.winnersJson, JSON.stringify(CACHE.map((entry) => ({ ...entry, image }))));
        for (const shown of await fixture().draw().winners()) expect(shown.image).toMatch(/^https?:\/\//);
      },
    );
  });

  it('that many show at once are cached once, all the same', async () => {
    const { redis } = fixture();
    await write(redis, { wins: WINS });
    await cacheProfiles(redis, 'alice', 'bob', 'carol');
    const draw = fixture().draw();
    const shown = await Promise.all(Array.from({ length: 5 }, () => draw.winners()));
    expect(shown).toEqual(Array(5).fill(SHOWN));
    expect(JSON.parse((await redis.get(KEYS.winnersJson)) ?? '')).toEqual(CACHE);
  });

  it('are not cached when they changed while they were read', async () => {
    const { redis, profiles } = fixture();
    await write(redis, { wins: WINS });
    profiles.answer = async (login) => {
      await redis.hset(KEYS.winners, 'Book', 'dave');
      return found(login);
    };
    await fixture().draw().winners();
    expect(await redis.exists(KEYS.winnersJson)).toBe(0);
  });

  describe('whose profiles have expired', () => {
    it('are looked up again, only those, and cached for an hour', async () => {
      const { redis, profiles } = fixture();
      await write(redis, { wins: WINS });
      await cacheProfiles(redis, 'alice');
      await redis.set(KEYS.profile('bob'), 'garbage');
      expect(await fixture().draw().winners()).toEqual(SHOWN);
      expect(profiles.asked.toSorted()).toEqual(['bob', 'carol']);
      expect(await redis.get(KEYS.profile('bob'))).toBe(userJson('bob'));
      expect(await redis.ttl(KEYS.profile('carol'))).toBeGreaterThan(3590);
      expect(JSON.parse((await redis.get(KEYS.winnersJson)) ?? '')).toEqual(CACHE);
    });

    it.each([
      ['fails', () => Promise.reject(new Error('a refused token'))],
      ['finds GitHub away', async () => ({ kind: 'unreachable' as const })],
      ['finds nobody', async () => ({ kind: 'no_such_user' as const })],
      ['is limited', async () => ({ kind: 'limited' as const, until: new Date() })],
    ])('are shown all the same when the look-up %s, and nothing is cached', async (_how, answer) => {
      const { redis, profiles } = fixture();
      await write(redis, { wins: WINS });
      await cacheProfiles(redis, 'alice', 'bob');
      profiles.answer = answer;
      const draw = fixture().draw();
      const [book, ...others] = await draw.winners();
      expect(book).toEqual(shownAs('Book', 'carol', 'carol', 'https://github.com/carol.png'));
      expect(others).toEqual(SHOWN.slice(1));
      expect(await redis.exists(KEYS.winnersJson, KEYS.profile('carol'))).toBe(0);

      profiles.answer = async (login) => found(login);
      expect(await draw.winners()).toEqual(SHOWN);
      expect(await redis.exists(KEYS.winnersJson)).toBe(1);
    });

    it('are shown all the same when GitHub never answers, soon enough for whoever asked', async () => {
      const { redis, profiles } = fixture();
      await write(redis, { wins: WINS });
      await cacheProfiles(redis, 'alice', 'bob');
      profiles.answer = () => new Promise(() => {});
      const asked = performance.now();
      const [book] = await fixture().draw().winners();
      expect(book).toMatchObject({ login: 'carol', name: 'carol' });
      expect(performance.now() - asked).toBeLessThan(4000);
      expect(await redis.exists(KEYS.winnersJson)).toBe(0);
    });

    it('are never looked up under a name that GitHub could not have', async () => {
      const { redis, profiles } = fixture();
      await write(redis, { wins: [{ prize: 'A', login: '../orgs/x' }] });
      const image = 'https://github.com/..%2Forgs%2Fx.png';
      expect(await fixture().draw().winners()).toEqual([shownAs('A', '../orgs/x', '../orgs/x', image)]);
      expect(profiles.asked).toEqual([]);
    });
  });
};
