import { describe, expect, it } from 'vitest';
import { naturalOrder } from '../../../src/draw/prizes.ts';
import {
  cacheProfiles,
  dump,
  KEYS,
  nameOf,
  numbered,
  recordKeys,
  type Topic,
  userJson,
  without,
  write,
} from '../../support/fixtures/draw.ts';

/** What a person sees of the draw, and living together with other programs in one Redis. */
export const status: Topic = (fixture) => {
  it('tells prizes in natural order, the number of entrants and when the draw closes', async () => {
    const draw = fixture().draw();
    await draw.start(['Sticker 10', 'Book', 'Sticker 9'], 3600);
    await draw.enter('alice');
    await draw.enter('bob');
    const { closesIn, drawId, ...rest } = await draw.status();
    expect(rest).toEqual({
      state: 'DRAW_OPEN_WITH_ENTRANTS',
      entrants: 2,
      prizes: ['Book', 'Sticker 9', 'Sticker 10'],
      logins: [],
      entered: [],
      phase: 'open',
      commitment: undefined,
    });
    expect(closesIn).toBeGreaterThan(3_590_000);
    expect(closesIn).toBeLessThanOrEqual(3_600_000);
    expect(drawId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells a member whether they are in, and with which login', async () => {
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U1');
    expect(await draw.status('U1')).toMatchObject({ logins: ['alice'], entered: ['alice'] });
    expect(await draw.status('U2')).toMatchObject({ logins: [], entered: [] });
    expect(await draw.status()).toMatchObject({ logins: [], entered: [] });
    await draw.close();
    expect(await draw.status('U1')).toMatchObject({ logins: ['alice'], entered: ['alice'] });
    await draw.pick();
    expect(await draw.status('U1')).toMatchObject({ logins: ['alice'], entered: [] });
    await draw.start(['B']);
    expect(await draw.status('U1')).toMatchObject({ logins: [], entered: [] });
  });

  it('lists the entrants in natural order', async () => {
    const draw = fixture().draw();
    expect(await draw.entrants()).toEqual({ count: 0, logins: [] });
    await write(fixture().redis, { entrants: ['user10', 'user9', 'alice'] });
    expect(await draw.entrants()).toEqual({ count: 3, logins: ['alice', 'user9', 'user10'] });
  });

  it('lists no more entrants than can be shown, and counts all', async () => {
    await write(fixture().redis, { entrants: numbered('user', 3_000) });
    const { count, logins } = await fixture().draw().entrants();
    expect(count).toBe(3_000);
    expect(logins).toHaveLength(500);
    expect(new Set(logins).size).toBe(500);
    expect(logins).toEqual(logins.toSorted(naturalOrder));
    for (const login of logins) expect(login).toMatch(/^user\d+$/);
  });
};

export const peers: Topic = (fixture) => {
  it('sees a whole draw that another program runs, step by step', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await redis.sadd(KEYS.prizes, 'A', 'B');
    await redis.set(KEYS.isOpen, 'true', 'EX', 900);
    expect(await draw.status()).toMatchObject({ state: 'DRAW_OPEN_NO_ENTRANTS', prizes: ['A', 'B'], entrants: 0 });
    await redis.sadd(KEYS.entrants, 'alice');
    expect(await draw.enter('bob', 'U1')).toMatchObject({ kind: 'entered' });
    expect(await draw.entrants()).toEqual({ count: 2, logins: ['alice', 'bob'] });
    await redis.del(KEYS.isOpen);
    expect((await draw.status()).state).toBe('DRAW_CLOSED_WITH_ENTRANTS');
    await redis.srem(KEYS.prizes, 'A', 'B');
    await redis.hset(KEYS.winners, 'A', 'bob', 'B', 'alice');
    await redis.del(KEYS.entrants);
    expect(await draw.status('U1')).toMatchObject({ state: 'DRAW_WON', entered: [] });
    expect(await draw.winners()).toEqual([
      { prize: 'A', login: 'bob', name: nameOf('bob'), image: 'https://avatars.example/bob', member: 'U1' },
      { prize: 'B', login: 'alice', name: nameOf('alice'), image: 'https://avatars.example/alice', member: undefined },
    ]);
  });

  it('does not believe its own notes when another program has begun anew', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await draw.start(['A']);
    await draw.enter('alice', 'U1');
    await draw.pick();
    await redis.del(KEYS.entrants, KEYS.winners, KEYS.winnersJson, KEYS.prizes);
    await write(redis, { open: true, prizes: ['B'], entrants: ['carol'] });
    expect(await draw.status('U1')).toMatchObject({ state: 'DRAW_OPEN_WITH_ENTRANTS', entered: [], entrants: 1 });
    expect(await draw.enter('alice', 'U1')).toMatchObject({ kind: 'entered' });
  });

  it.each([
    ['and the bot looks each time', true],
    ['and the bot looks only then', false],
  ])('goes on with a draw of which another program takes entrants out, one by one, %s', async (_when, looks) => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await draw.start(['A']);
    await redis.sadd(KEYS.entrants, 'zoe', 'yan', 'xia');
    await draw.enter('alice', 'U1');
    await draw.enter('bob', 'U2');
    const { record } = await draw.observe();
    for (const login of ['zoe', 'bob', 'yan']) {
      await redis.srem(KEYS.entrants, login);
      if (looks) await draw.observe();
    }
    expect(await draw.enter('carol', 'U3')).toMatchObject({ kind: 'entered' });
    expect(await draw.status('U1')).toMatchObject({ drawId: record?.id, entered: ['alice'], entrants: 3 });
    expect(await redis.hgetall((await recordKeys(redis)).memberOf)).toEqual({ alice: 'U1', carol: 'U3' });
    expect(await draw.status('U2')).toMatchObject({ entered: [] });
    expect(await draw.enter('bob', 'U2')).toMatchObject({ kind: 'entered' });
    // Also where all whom members have entered are taken out, as long as it was one after the other.
    for (const login of ['alice', 'bob', 'carol']) {
      await redis.srem(KEYS.entrants, login);
      expect((await draw.observe()).record?.id).toBe(record?.id);
    }
    expect(await draw.status('U1')).toMatchObject({ drawId: record?.id, entrants: 1 });
  });

  it('takes any value of is_open for open', async () => {
    await fixture().redis.set(KEYS.isOpen, 'false');
    expect((await fixture().draw().status()).state).toBe('DRAW_OPEN_NO_ENTRANTS');
  });

  it('needs none of its own keys', async () => {
    const { redis } = fixture();
    const draw = fixture().draw();
    await draw.start(['A', 'B']);
    await draw.enter('alice', 'U1');
    await redis.del(...(await redis.keys('prizedraw:slack:*')));
    expect(await draw.status('U1')).toMatchObject({
      state: 'DRAW_OPEN_WITH_ENTRANTS',
      logins: [],
      drawId: '',
      phase: undefined,
    });
    expect(await draw.pick()).toMatchObject({ kind: 'picked' });
    expect(await draw.winners()).toMatchObject([{ login: 'alice', member: undefined }]);
  });
};

export const prefixes: Topic = (fixture) => {
  const names = ['is_open', 'prizes', 'entrants', 'winners', 'winners_json', 'profiles:alice', 'slack:draw_id'];

  describe.each(['{prizedraw}', 'team:draw', 'prizedraw2', 'prize'])('%s', (prefix) => {
    it('is in front of every key, and no other key is read or changed', async () => {
      const { redis } = fixture();
      const foreign = ['', 'prizedraw:', 'prizedraw', `${prefix}`, 'other:', `x${prefix}:`, `${prefix}x:`];
      for (const start of foreign.filter((start) => start !== `${prefix}:`)) {
        for (const name of names) await redis.set(start + name, 'not yours');
      }
      await redis.set(prefix, 'not yours');
      const before = await dump(redis);
      const mine = async () => Object.keys(without(await dump(redis), ...Object.keys(before)));

      const draw = fixture().draw({ prefix });
      expect((await draw.status()).state).toBe('NO_DRAW');
      await draw.start(['A', 'B'], 60);
      await draw.enter('alice', 'U1');
      expect(await draw.enter('alice', 'U1')).toMatchObject({ kind: 'already_in' });
      const opened = await mine();
      expect(opened.filter((name) => !name.startsWith(`${prefix}:`))).toEqual([]);
      expect(opened).toContain(`${prefix}:is_open`);
      expect(opened).toContain(`${prefix}:profiles:alice`);
      await draw.close();
      expect(await draw.pick()).toMatchObject({ kind: 'picked' });
      expect(await draw.winners()).toHaveLength(1);
      expect(await redis.exists(`${prefix}:winners_json`)).toBe(1);
      await draw.start(['C']);
      expect((await mine()).filter((name) => !name.startsWith(`${prefix}:`))).toEqual([]);

      const after = await dump(redis);
      for (const [name, entry] of Object.entries(before)) expect([name, after[name]]).toEqual([name, entry]);
    });
  });

  it('keeps two draws in one Redis apart', async () => {
    const { redis } = fixture();
    const one = fixture().draw({ prefix: 'one' });
    const two = fixture().draw({ prefix: 'two' });
    await one.start(['A']);
    await one.enter('alice');
    expect((await two.status()).state).toBe('NO_DRAW');
    await two.start(['B']);
    await cacheProfiles(redis, 'bob');
    await two.enter('bob');
    await two.pick();
    expect(await one.status()).toMatchObject({ state: 'DRAW_OPEN_WITH_ENTRANTS', entrants: 1, prizes: ['A'] });
    expect(await redis.get('two:profiles:bob')).toBe(userJson('bob'));
  });
};
