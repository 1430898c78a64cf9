import { describe, expect, it } from 'vitest';
import type { Draw } from '../../../src/draw/index.ts';
import type { LookupOutcome } from '../../../src/draw/types.ts';
import {
  cacheProfiles,
  type DrawFixture,
  found,
  HOME,
  KEYS,
  recordKeys,
  type Topic,
  write,
} from '../../support/fixtures/draw.ts';

const TEN_MINUTES = 600_000;
const nobody = async (): Promise<LookupOutcome> => ({ kind: 'no_such_user' });

/** A draw in which U1 has given an ID that nobody has as often as a member may. */
async function missedTenTimes({ draw: home, profiles }: DrawFixture): Promise<Draw> {
  const draw = home();
  await draw.start(['A']);
  profiles.answer = nobody;
  for (let index = 0; index < 10; index++) await draw.enter(`typo${index}`, 'U1');
  return draw;
}

/** What a look-up may lead to, and what it may cost others. */
export const lookUps: Topic = (fixture) => {
  describe('a look-up enters no other draw than the one in which it began', () => {
    it('where another has been started meanwhile, by this process or another', async () => {
      const { redis, profiles } = fixture();
      const [draw, ofAnotherProcess] = [fixture().draw(), fixture().draw()];
      for (const [index, starting] of [draw, ofAnotherProcess].entries()) {
        await redis.flushall();
        await draw.start([`A ${index}`]);
        profiles.answer = async (login) => {
          await starting.close();
          await starting.start([`B ${index}`]);
          return found(login);
        };
        expect(await draw.enter('octocat', 'U1')).toEqual({ kind: 'another_draw' });
        expect(await redis.exists(KEYS.entrants)).toBe(0);
        const own = await recordKeys(redis);
        expect(await redis.exists(own.memberOf, own.loginOf)).toBe(0);
        // Who asks again means the one that is on.
        profiles.answer = async (login) => found(login);
        expect(await draw.enter('octocat', 'U1')).toMatchObject({ kind: 'entered' });
      }
    });

    it('where another program has begun one meanwhile', async () => {
      const { redis, profiles } = fixture();
      const draw = fixture().draw();
      await draw.start(['A']);
      await draw.enter('alice', 'U2');
      profiles.answer = async (login) => {
        await redis.del(KEYS.entrants, KEYS.winners, KEYS.winnersJson, KEYS.prizes);
        await write(redis, { open: true, prizes: ['B'] });
        return found(login);
      };
      expect(await draw.enter('octocat', 'U1')).toEqual({ kind: 'another_draw' });
      expect(await redis.exists(KEYS.entrants)).toBe(0);
    });

    it('where it was chosen among several, and one has begun elsewhere: it enters the one that was chosen', async () => {
      const { redis, profiles } = fixture();
      const draws = fixture().draws();
      await draws.home.start(['A']);
      const { version } = await draws.registry();
      profiles.answer = async (login) => {
        await draws.home.close();
        await draws.in('C0OTHER').start(['B']);
        return found(login);
      };
      const entry = { login: 'octocat', member: 'U1', version };
      expect(await draws.home.enterIf(entry)).toEqual({ kind: 'not_open', state: 'DRAW_CLOSED_NO_ENTRANTS' });
      expect(await redis.exists(KEYS.entrants, KEYS.shared('C0OTHER').entrants)).toBe(0);
    });

    it('but that draw, whatever else has changed in it', async () => {
      const { redis, profiles } = fixture();
      const draw = fixture().draw();
      await draw.start(['A']);
      profiles.answer = async (login) => {
        await redis.sadd(KEYS.entrants, 'bob', 'carol');
        return found(login);
      };
      expect(await draw.enter('octocat', 'U1')).toMatchObject({ kind: 'entered' });
    });
  });

  describe('a member’s look-ups that find nobody', () => {
    it('are ten at most in ten minutes, over all processes and draws, however many come at once', async () => {
      const { redis, profiles } = fixture();
      const draws = [fixture().draws(), fixture().draws()];
      await draws[0]?.home.start(['A']);
      await draws[1]?.in('C0OTHER').start(['B']);
      profiles.answer = nobody;
      const all = await Promise.all(
        Array.from({ length: 15 }, (_, index) => {
          const channel = index % 3 === 0 ? 'C0OTHER' : HOME;
          return draws[index % 2]?.in(channel).enter(`typo${index}`, 'U1');
        }),
      );
      const kinds = all.map((outcome) => outcome?.kind).toSorted();
      expect(kinds).toEqual([...Array(5).fill('missed_too_often'), ...Array(10).fill('no_such_user')]);
      expect(profiles.asked).toHaveLength(10);
      const ttl = await redis.pttl('prizedraw:slack:misses:U1');
      expect(ttl).toBeGreaterThan(TEN_MINUTES - 60_000);
      expect(ttl).toBeLessThanOrEqual(TEN_MINUTES);
    });

    it('then it is told until when, and nothing is looked up; others are not held up, nor what needs no look-up', async () => {
      const { redis, profiles } = fixture();
      const draw = await missedTenTimes(fixture());
      profiles.asked.length = 0;
      profiles.answer = async (login) => found(login);
      const outcome = await draw.enter('octocat', 'U1');
      expect(outcome).toMatchObject({ kind: 'missed_too_often' });
      const until = outcome.kind === 'missed_too_often' ? outcome.until.getTime() : 0;
      expect(Math.abs(until - (Date.now() + TEN_MINUTES))).toBeLessThan(60_000);
      expect(profiles.asked).toEqual([]);
      expect(await draw.enter('octocat', 'U2')).toMatchObject({ kind: 'entered' });
      await cacheProfiles(redis, 'known');
      expect(await draw.enter('known', 'U1')).toMatchObject({ kind: 'entered' });
    });

    it('are forgotten after that time', async () => {
      const { redis } = fixture();
      const draw = await missedTenTimes(fixture());
      await redis.pexpire('prizedraw:slack:misses:U1', 50);
      await expect.poll(async () => (await draw.enter('typo', 'U1')).kind).toBe('no_such_user');
    });

    it.each<[string, () => Promise<LookupOutcome>]>([
      ['found somebody', async () => found('octocat')],
      ['was limited', async () => ({ kind: 'limited', until: new Date() })],
      ['was not answered', async () => ({ kind: 'unreachable' })],
      ['failed', () => Promise.reject(new Error('a refused token'))],
    ])('are not those that %s', async (_what, answer) => {
      const { redis, profiles } = fixture();
      const draw = fixture().draw({ entriesPerMember: 0 });
      await draw.start(['A']);
      profiles.answer = answer;
      for (let index = 0; index < 12; index++) await draw.enter(`user${index}`, 'U1').catch(() => undefined);
      expect(profiles.asked).toHaveLength(12);
      expect(await redis.keys('prizedraw:slack:misses:*')).toEqual([]);
    });

    it('count on beside those that found somebody, and the source of profiles is told until when', async () => {
      const { redis, profiles } = fixture();
      const draw = fixture().draw({ entriesPerMember: 0 });
      await draw.start(['A']);
      profiles.answer = async (login) => (login.startsWith('typo') ? { kind: 'no_such_user' } : found(login));
      for (const login of ['octocat', 'typo1', 'alice', 'typo2', 'bob']) await draw.enter(login, 'U1');
      expect(await redis.get('prizedraw:slack:misses:U1')).toBe('2');
      expect(profiles.told.map((until) => until !== undefined)).toEqual([false, false, true, true, true]);
      await draw.enter('carol', 'U2');
      expect(profiles.told.at(-1)).toBeUndefined();
    });

    it('are found to be none where the draw is another one by then', async () => {
      const { redis, profiles } = fixture();
      const draw = fixture().draw();
      await draw.start(['A']);
      profiles.answer = async (login) => {
        await draw.close();
        await draw.start(['B']);
        return found(login);
      };
      expect(await draw.enter('octocat', 'U1')).toEqual({ kind: 'another_draw' });
      expect(await redis.exists('prizedraw:slack:misses:U1')).toBe(0);
    });
  });
};
