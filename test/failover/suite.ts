import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysUnder } from '../../src/draw/keys.ts';
import { createLog } from '../../src/log.ts';
import { trackKeys } from '../../src/redis-tracking.ts';
import { type BotFixture, startBotFixture, until } from '../support/fixtures/bot.ts';
import { numbered } from '../support/fixtures/draw.ts';
import { readText } from '../support/fixtures/features.ts';
import { becomes, linesWith, read } from '../support/fixtures/outages.ts';
import { redisInstalled } from '../support/redis.ts';
import { makeChain, startBeacon } from '../support/stand-ins/drand-chain.ts';
import type { Topology } from '../support/topologies/topology.ts';
import type { Fields } from '../support/workspace/json.ts';

/** What the tests of one topology share. */
export interface FailoverFixture {
  readonly topology: Topology;
  readonly bot: BotFixture;
  /** Another program's client. */
  readonly redis: Redis;
}

/** Who enters, and how many at a time. */
const LOGINS = numbered('user', 150);
const AT_ONCE = 15;

/** More than one message of winners. */
const PRIZES = numbered('Prize ', 45);

/** Tests of one topology alone, before the failovers or after them. */
interface More {
  readonly before?: (fixture: () => FailoverFixture) => void;
  readonly after?: (fixture: () => FailoverFixture) => void;
}

/** Declares what holds through failovers, whatever makes them; the tests follow each other. */
export function failovers(what: string, start: () => Promise<Topology>, { before, after }: More): void {
  const skipped = !redisInstalled();
  describe.skipIf(skipped)(`${what}${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
    let fixture: FailoverFixture | undefined;
    let end = async (): Promise<void> => {};
    const there = (): FailoverFixture => {
      if (fixture === undefined) throw new Error('The fixture has not been started.');
      return fixture;
    };

    beforeAll(async () => {
      const topology = await start();
      // A pick with a seed of the bot's own that is cut off goes on after half a minute; with a beacon's, at once.
      const chain = makeChain();
      const beacon = await startBeacon(chain);
      const bot = await startBotFixture({
        redisUrl: topology.url,
        config: { keyPrefix: topology.keyPrefix, entriesPerMember: 0, randomness: 'drand', drandUrls: [beacon.url] },
        drandChain: chain.info,
      });
      end = async () => {
        await bot.close();
        await beacon.close();
        await topology.close();
      };
      fixture = { topology, bot, redis: await topology.client() };
      await becomes(bot, 200);
    }, 60_000);
    afterAll(() => end());

    before?.(there);

    it('keeps everybody who was told that they are in, when the server is killed while they enter', async () => {
      const { topology, bot, redis } = there();
      const changes = await changesSeen(topology);
      const keys = keysUnder(topology.keyPrefix, bot.slack.channels.announce);
      for (const login of LOGINS) {
        const profile = JSON.stringify({ login, type: 'User', avatar_url: '' });
        await insistOn(() => redis.set(keys.profile(login), profile, 'EX', 3600));
      }
      await topology.replicated();
      const quoted = PRIZES.map((prize) => `"${prize}"`).join(' ');
      expect(await saidTo(bot, 'olivia', `start ${quoted}`)).toContain('open');
      const told = new Set<string>();
      const waiting = [...LOGINS];
      const entering = Array.from({ length: AT_ONCE }, async () => {
        for (let login = waiting.shift(); login !== undefined; login = waiting.shift()) {
          await insist(bot, 'ada', `enter ${login}`, /You are in the draw|already in the draw/);
          told.add(login);
        }
      });
      await until(() => (told.size > LOGINS.length / 3 ? true : undefined));
      await topology.failOver('SIGKILL');
      await Promise.all(entering);
      expect(linesWith(bot, 'cannot be used').length).toBeGreaterThan(0);
      await becomes(bot, 200);
      const after = await insistOn(() => redis.smembers(keys.shared(bot.slack.channels.announce).entrants));
      expect([...told].filter((login) => !after.includes(login))).toEqual([]);
      expect(after.length).toBe(LOGINS.length);
      await changes.areSeenAgain(redis);
    }, 60_000);

    it('picks and announces once, when the server is killed while it picks and again while it announces', async () => {
      const { topology, bot, redis } = there();
      const { announce } = bot.slack.channels;
      const { winners } = keysUnder(topology.keyPrefix, announce).shared(announce);
      await topology.comeBack();
      await topology.replicated();
      let isReady = false;
      let again: Promise<void> | undefined;
      const arrives = (path: string, body: Fields): boolean => {
        if (!path.includes('chat.postMessage') || !/user\d+/.test(String(body['text']))) return false;
        if (isReady) again ??= topology.failOver('SIGKILL');
        return !isReady;
      };
      // Winners come once there is a replica again that can take over.
      bot.slack.proxy.fault(arrives, { kind: 'status', status: 500 });
      const failing = sleep(Math.random() * 30).then(() => topology.failOver('SIGKILL'));
      await insist(bot, 'olivia', 'pick', /Drawing from|winners are out/);
      await failing;
      await topology.comeBack();
      await topology.replicated();
      isReady = true;
      const wins = await until(
        async () => {
          const found = await redis.hgetall(winners).catch(() => ({}));
          return Object.keys(found).length === PRIZES.length ? found : undefined;
        },
        { patience: 30_000, what: 'the winners' },
      );
      const announced = async (): Promise<string[]> =>
        (await bot.announcements())
          .map(readText)
          .filter((text) => /user\d+/.test(text))
          .flatMap((text) => text.match(/Prize \d+/g) ?? []);
      await until(async () => ((await announced()).length >= PRIZES.length ? true : undefined), {
        patience: 40_000,
        what: 'all winners',
      });
      expect(again).toBeDefined();
      await again;
      expect(Object.keys(wins).length).toBe(PRIZES.length);
      expect(await announced()).toEqual(PRIZES);
    }, 120_000);

    after?.(there);
  });
}

/** Types a command in the admin channel, and returns what the person reads. */
export async function saidTo(bot: BotFixture, name: string, text: string): Promise<string> {
  return read(await bot.member(name).command(text, { channel: 'admin' }));
}

/** Types it again and again, as people do, until they are told what they wait for. */
async function insist(bot: BotFixture, name: string, text: string, wanted: RegExp): Promise<void> {
  let said = '';
  await until(
    async () => {
      said = await saidTo(bot, name, text).catch(String);
      return wanted.test(said) || undefined;
    },
    { patience: 30_000, what: `an answer to ${text} other than ${said}` },
  );
}

async function insistOn<T>(work: () => Promise<T>): Promise<T> {
  return until(() => work().catch(() => undefined), { patience: 30_000 });
}

/** Has Redis say what other programs change: after a failover, too. */
async function changesSeen(topology: Topology): Promise<{ areSeenAgain(redis: Redis): Promise<void> }> {
  const own = await topology.client();
  const key = `${topology.keyPrefix}:winners_of_nobody`;
  const changed: (string | undefined)[] = [];
  const told: boolean[] = [];
  const stop = trackKeys({
    redis: own,
    prefixes: [key],
    log: createLog('silent', []),
    onChange: (name) => changed.push(name),
    onTold: (isTold) => told.push(isTold),
  });
  await until(() => told.at(-1) || undefined);
  return {
    areSeenAgain: async (redis) => {
      await until(() => (told.includes(false) && told.at(-1)) || undefined, { patience: 20_000 });
      await insistOn(() => redis.set(key, '1', 'EX', 1));
      await until(() => changed.find((name) => name === key));
      stop();
    },
  };
}
