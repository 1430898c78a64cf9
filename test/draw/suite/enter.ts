import { describe, expect, it } from 'vitest';
import type { LookupOutcome } from '../../../src/draw/types.ts';
import {
  cacheProfiles,
  dump,
  found,
  KEYS,
  nameOf,
  OWN_BEFORE_PICK,
  ownNames,
  recordKeys,
  shared,
  type Topic,
  userJson,
  write,
} from '../../support/fixtures/draw.ts';

export const enter: Topic = (fixture) => {
  it('looks an unknown login up, enters it and caches the profile as received for an hour', async () => {
    const { redis, profiles } = fixture();
    const json = `{ "login": "Octocat",\n "name": "Ökto & <Cat>", "type": "User", "plan": null }`;
    const profile = { login: 'Octocat', name: 'Ökto & <Cat>', avatarUrl: 'https://github.com/Octocat.png' };
    profiles.answer = async () => ({ kind: 'found', profile, json });
    await write(redis, { open: true });
    expect(await fixture().draw().enter('octocat')).toMatchObject({ kind: 'entered', profile });
    expect(await redis.smembers(KEYS.entrants)).toEqual(['octocat']);
    expect(await redis.get(KEYS.profile('octocat'))).toBe(json);
    const ttl = await redis.ttl(KEYS.profile('octocat'));
    expect(ttl).toBeGreaterThan(3590);
    expect(ttl).toBeLessThanOrEqual(3600);
    expect(profiles.asked).toEqual(['octocat']);
  });

  it('makes no look-up while the profile is cached', async () => {
    const { redis, profiles } = fixture();
    await write(redis, { open: true });
    await cacheProfiles(redis, 'octocat');
    expect(await fixture().draw().enter('octocat')).toMatchObject({
      kind: 'entered',
      profile: found('octocat').profile,
    });
    expect(profiles.asked).toEqual([]);
    expect(await redis.get(KEYS.profile('octocat'))).toBe(userJson('octocat'));
  });

  it('says "already in" to the second entry, with the profile where there is one, and without a look-up', async () => {
    const { redis, profiles } = fixture();
    const draw = fixture().draw();
    await write(redis, { open: true, entrants: ['bare'] });
    await draw.enter('octocat', 'U1');
    const before = await dump(redis);
    const profile = { login: 'octocat', name: nameOf('octocat'), avatarUrl: 'https://avatars.example/octocat' };
    expect(await draw.enter('octocat', 'U2')).toEqual({ kind: 'already_in', profile, by: 'another' });
    expect(await draw.enter('octocat', 'U1')).toEqual({ kind: 'already_in', profile, by: 'you' });
    expect(await draw.enter('octocat')).toEqual({ kind: 'already_in', profile, by: 'another' });
    expect(await draw.enter('bare', 'U2')).toEqual({
      kind: 'already_in',
      profile: { login: 'bare', name: 'bare', avatarUrl: 'https://github.com/bare.png' },
      by: 'unknown',
    });
    expect(profiles.asked).toEqual(['octocat']);
    expect(await dump(redis)).toEqual(before);
  });

  it('enters one login that comes many times at once only once', async () => {
    await write(fixture().redis, { open: true });
    const draw = fixture().draw();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => draw.enter('octocat')));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([...Array(9).fill('already_in'), 'entered']);
  });

  it.each([
    ['NO_DRAW', {}],
    ['DRAW_CLOSED_WITH_ENTRANTS', { prizes: ['A'], entrants: ['octocat'] }],
    ['DRAW_WON', { wins: [{ prize: 'A', login: 'octocat' }] }],
  ])('says %s also to somebody whose profile is cached, or who is in', async (state, written) => {
    const { redis, profiles } = fixture();
    await write(redis, written);
    await cacheProfiles(redis, 'octocat');
    const before = await dump(redis);
    expect(await fixture().draw().enter('octocat', 'U1')).toEqual({ kind: 'not_open', state });
    expect(profiles.asked).toEqual([]);
    expect(await dump(redis)).toEqual(before);
  });

  describe('when the draw ends during the look-up', () => {
    it.each([
      ['closed by hand, nobody in', 'DRAW_CLOSED_NO_ENTRANTS', []],
      ['closed by hand, somebody in', 'DRAW_CLOSED_WITH_ENTRANTS', ['alice']],
    ])('%s', async (_how, state, entrants) => {
      const { redis, profiles } = fixture();
      await write(redis, { open: true, prizes: ['A'], entrants });
      const draw = fixture().draw();
      profiles.answer = async (login) => {
        await draw.close();
        return found(login);
      };
      expect(await draw.enter('octocat', 'U1')).toEqual({ kind: 'not_open', state });
      expect(await redis.smembers(KEYS.entrants)).toEqual(entrants);
      const own = await recordKeys(redis);
      expect(await redis.exists(own.memberOf, own.loginOf)).toBe(0);
    });

    it('picked', async () => {
      const { redis, profiles } = fixture();
      await write(redis, { open: true, prizes: ['A', 'B'], entrants: ['alice'] });
      const draw = fixture().draw();
      profiles.answer = async (login) => {
        await draw.pick();
        return found(login);
      };
      expect(await draw.enter('octocat')).toEqual({ kind: 'not_open', state: 'DRAW_WON' });
      expect(await redis.exists(KEYS.entrants)).toBe(0);
    });

    it('and another one opens: into neither, as that one was not meant', async () => {
      const { redis, profiles } = fixture();
      await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
      const draw = fixture().draw();
      profiles.answer = async (login) => {
        await draw.pick();
        await draw.start(['B']);
        return found(login);
      };
      expect(await draw.enter('octocat')).toEqual({ kind: 'another_draw' });
      expect(await redis.exists(KEYS.entrants)).toBe(0);
    });
  });

  it.each<[string, Exclude<LookupOutcome, { kind: 'found' }>, readonly string[]]>([
    ['no such user', { kind: 'no_such_user' }, ['misses:U1']],
    ['an organisation', { kind: 'organisation' }, ['misses:U1']],
    ['limited', { kind: 'limited', until: new Date(1_800_000_000_000) }, []],
    ['unreachable', { kind: 'unreachable' }, []],
  ])('passes on what the look-up came to, and changes nothing but to count: %s', async (_what, outcome, counted) => {
    const { redis, profiles } = fixture();
    await write(redis, { open: true, prizes: ['A'], entrants: ['alice'] });
    const before = await dump(redis);
    profiles.answer = async () => outcome;
    expect(await fixture().draw().enter('octocat', 'U1')).toEqual(outcome);
    const after = await dump(redis);
    expect(shared(after)).toEqual(before);
    expect(ownNames(after)).toEqual([...OWN_BEFORE_PICK, ...counted]);
  });

  it('fails when the source of profiles is misconfigured, and changes nothing', async () => {
    const { redis, profiles } = fixture();
    await write(redis, { open: true });
    const before = await dump(redis);
    profiles.answer = () => Promise.reject(new Error('a refused token'));
    await expect(fixture().draw().enter('octocat')).rejects.toThrow('a refused token');
    const after = await dump(redis);
    expect(shared(after)).toEqual(before);
    expect(ownNames(after)).toEqual(OWN_BEFORE_PICK);
  });

  describe('a cached profile', () => {
    it.each([
      ['of an organisation', userJson('octocat', { type: 'Organization' })],
      ['of an organisation, with blanks', '{ "login" : "octocat",\n "type" :  "Organization" }'],
    ])('%s is refused without a look-up', async (_what, json) => {
      const { redis, profiles } = fixture();
      await write(redis, { open: true });
      await redis.set(KEYS.profile('octocat'), json);
      const before = await dump(redis);
      expect(await fixture().draw().enter('octocat')).toEqual({ kind: 'organisation' });
      expect(profiles.asked).toEqual([]);
      const after = await dump(redis);
      expect(shared(after)).toEqual(before);
      expect(ownNames(after)).toEqual(OWN_BEFORE_PICK);
    });

    it.each(['not JSON', ' ', '{}', '[]', 'null', '{"message":"Not Found"}', '{"logins":["octocat"]}'])(
      'that is garbage (%s) is looked up and put right',
      async (garbage) => {
        const { redis, profiles } = fixture();
        await write(redis, { open: true });
        await redis.set(KEYS.profile('octocat'), garbage);
        expect(await fixture().draw().enter('octocat')).toMatchObject({
          kind: 'entered',
          profile: found('octocat').profile,
        });
        expect(profiles.asked).toEqual(['octocat']);
        expect(await redis.get(KEYS.profile('octocat'))).toBe(userJson('octocat'));
      },
    );

    it('is read by its fields, not by what somebody wrote about themselves', async () => {
      const { redis, profiles } = fixture();
      await write(redis, { open: true });
      const bio = '"type":"Organization" \\"type\\": \\"Organization\\" "login":"hubot"';
      await redis.set(KEYS.profile('octocat'), userJson('octocat', { bio }));
      await redis.set(KEYS.profile('hubot'), JSON.stringify({ bio }));
      expect(await fixture().draw().enter('octocat')).toMatchObject({ kind: 'entered', profile: { login: 'octocat' } });
      expect(await fixture().draw().enter('hubot')).toMatchObject({ kind: 'entered', profile: { login: 'hubot' } });
      expect(profiles.asked).toEqual(['hubot']);
    });
  });

  it('remembers which member entered which logins', async () => {
    const { redis } = fixture();
    await write(redis, { open: true });
    const draw = fixture().draw({ entriesPerMember: 0 });
    await draw.enter('alice', 'U1');
    await draw.enter('second', 'U1');
    await draw.enter('nobody');
    expect(await redis.hgetall((await recordKeys(redis)).memberOf)).toEqual({ alice: 'U1', second: 'U1' });
    expect(await draw.status('U1')).toMatchObject({ logins: ['alice', 'second'], entered: ['alice', 'second'] });
  });
};
