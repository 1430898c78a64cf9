import { expect, it } from 'vitest';
import type { Draw } from '../../../src/draw/index.ts';
import { isProof } from '../../../src/draw/last-proof.ts';
import { dump, HOME, KEYS, recordKeys, type Topic, userJson, write } from '../../support/fixtures/draw.ts';

const ONE = 'C0ONE';
const TWO = 'C0TWO';

/** Draws in several channels at once. */
export const channels: Topic = (fixture) => {
  /** The names of the shared keys that are there, without the prefix; those that serve every draw left out. */
  const sharedNames = async (): Promise<string[]> =>
    Object.keys(await dump(fixture().redis))
      .map((name) => name.replace('prizedraw:', ''))
      .filter((name) => !/^(?:slack|profiles):/.test(name));

  it('have the same six names each, under the channel’s ID; but for the home channel’s', async () => {
    const draws = fixture().draws();
    for (const [draw, prizes] of [
      [draws.home, ['A']],
      [draws.in(ONE), ['B']],
    ] as const) {
      await draw.start(prizes);
      await draw.enter('ada');
    }
    expect(await sharedNames()).toEqual(
      ['entrants', 'is_open', 'prizes'].flatMap((name) => [`${ONE}:${name}`, name]).toSorted(),
    );
    for (const draw of [draws.home, draws.in(ONE)]) {
      await draw.pick();
      await draw.winners();
    }
    expect(await sharedNames()).toEqual(
      ['winners', 'winners_json'].flatMap((name) => [`${ONE}:${name}`, name]).toSorted(),
    );
    expect(draws.in(HOME).shared).toEqual(draws.home.shared);
  });

  it('are opened, entered, closed and picked each by itself', async () => {
    const { redis } = fixture();
    const draws = fixture().draws();
    const [home, one, two] = [draws.home, draws.in(ONE), draws.in(TWO)];
    await home.start(['A'], 600);
    await one.start(['B', 'C']);
    await two.start(['A']);
    await home.enter('ada', 'U1');
    await one.enter('bob', 'U1');
    await two.enter('ada', 'U2');
    expect(await one.close()).toEqual({ kind: 'closed', entrants: 1 });
    expect(await two.pick()).toMatchObject({ kind: 'picked', wins: [{ prize: 'A', login: 'ada' }] });

    expect(await home.status('U1')).toMatchObject({
      state: 'DRAW_OPEN_WITH_ENTRANTS',
      prizes: ['A'],
      entered: ['ada'],
    });
    expect(await one.status('U1')).toMatchObject({
      state: 'DRAW_CLOSED_WITH_ENTRANTS',
      prizes: ['B', 'C'],
      closesIn: undefined,
      entered: ['bob'],
    });
    expect(await two.status('U1')).toMatchObject({ state: 'DRAW_WON', logins: [] });
    expect(await redis.ttl(KEYS.isOpen)).toBeGreaterThan(590);
    const ids = await Promise.all([home, one, two].map(async (draw) => (await draw.status()).drawId));
    expect(new Set(ids).size).toBe(3);
    expect((await draws.registry()).entries.toSorted((a, b) => (a.channel < b.channel ? -1 : 1))).toEqual([
      { channel: HOME, id: ids[0], phase: 'open', closesAt: expect.any(Number) },
      { channel: ONE, id: ids[1], phase: 'closed', closesAt: undefined },
      { channel: TWO, id: ids[2], phase: 'won', closesAt: undefined },
    ]);
  });

  it('count the entries of a member in each draw', async () => {
    const draws = fixture().draws();
    for (const channel of [HOME, ONE, TWO]) {
      const draw = draws.in(channel);
      await draw.start(['A']);
      expect(await draw.enter(`in-${channel.toLowerCase()}`, 'U1')).toMatchObject({ kind: 'entered' });
      expect(await draw.enter('another', 'U1')).toEqual({ kind: 'enough', logins: [`in-${channel.toLowerCase()}`] });
    }
  });

  it('tell in each who entered an ID there', async () => {
    const { redis } = fixture();
    const draws = fixture().draws();
    for (const [channel, member] of [
      [HOME, 'U1'],
      [ONE, 'U2'],
    ] as const) {
      await draws.in(channel).start(['A']);
      await draws.in(channel).enter('ada', member);
      expect(await redis.hgetall((await recordKeys(redis, channel)).memberOf)).toEqual({ ada: member });
    }
    expect(await draws.home.enter('ada', 'U1')).toMatchObject({ kind: 'already_in', by: 'you' });
    expect(await draws.in(ONE).enter('ada', 'U1')).toMatchObject({ kind: 'already_in', by: 'another' });
  });

  it('share the profiles', async () => {
    const { redis, profiles } = fixture();
    const draws = fixture().draws();
    for (const channel of [HOME, ONE]) {
      await draws.in(channel).start(['A']);
      await draws.in(channel).enter('ada');
    }
    expect(profiles.asked).toEqual(['ada']);
    expect(await redis.get(KEYS.profile('ada'))).toBe(userJson('ada'));
  });

  it('are seen when another program runs them, each in its channel', async () => {
    const { redis } = fixture();
    const draws = fixture().draws();
    const one = draws.in(ONE);
    await write(redis, { open: true, prizes: ['A'], entrants: ['ada'] });
    expect(await one.status()).toMatchObject({ state: 'NO_DRAW', entrants: 0, prizes: [] });
    await redis.sadd(one.shared.prizes, 'B');
    await redis.set(one.shared.isOpen, 'true');
    expect((await one.observe()).record).toMatchObject({ channel: ONE, prizes: ['B'], origin: 'other' });
    expect((await draws.home.observe()).record).toMatchObject({ channel: HOME, prizes: ['A'], entrants: 1 });
  });

  it('keep the proof of each pick', async () => {
    const draws = fixture().draws();
    const picked = async (draw: Draw, login: string): Promise<void> => {
      await draw.start(['A']);
      await draw.enter(login);
      await draw.pick();
    };
    await picked(draws.home, 'ada');
    await picked(draws.in(ONE), 'bob');
    expect(await draws.home.lastProof()).toMatchObject({ winners: [{ login: 'ada' }] });
    const proof = await draws.in(ONE).lastProof();
    if (!isProof(proof)) throw new Error('There is no proof.');
    expect(proof).toMatchObject({ winners: [{ login: 'bob' }] });
    expect(await draws.in(ONE).checkProof(proof, ['bob'])).toMatchObject({ out: 'these', ranks: [{ rank: 1 }] });
    expect(await draws.in(TWO).lastProof()).toBeUndefined();
  });

  it('know which draw a button was for: once another has begun there, nothing is done', async () => {
    const draws = fixture().draws();
    await draws.in(ONE).start(['A']);
    const { drawId } = await draws.in(ONE).status();
    const only = draws.only(ONE, drawId);
    expect(await only.enter('ada')).toMatchObject({ kind: 'entered' });
    await draws.in(ONE).pick();
    await draws.in(ONE).start(['B']);
    await draws.in(ONE).enter('bob');
    const before = await dump(fixture().redis);
    const another = { kind: 'another_draw' };
    expect(await only.enter('cyd')).toEqual(another);
    expect(await only.close()).toEqual(another);
    expect(await only.pick()).toEqual(another);
    expect(await only.askForPick('U1')).toEqual(another);
    expect(await dump(fixture().redis)).toEqual(before);
    // However the other one stands: that is not what was asked.
    await draws.in(ONE).close();
    expect([await only.enter('cyd'), await only.close()]).toEqual([another, another]);
    await draws.in(ONE).pick();
    expect([await only.enter('cyd'), await only.close(), await only.pick()]).toEqual([another, another, another]);
  });
};
