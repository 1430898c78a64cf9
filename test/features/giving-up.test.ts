import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDraws } from '../../src/draw/index.ts';
import { runBot, until } from '../support/fixtures/bot.ts';
import { FakeProfiles, KEYS, recordKeys } from '../support/fixtures/draw.ts';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import { makeChain, startBeacon, type TestBeacon } from '../support/stand-ins/drand-chain.ts';
import { freePort } from '../support/workspace/loopback.ts';
import { type Answer, person } from '../support/workspace/people.ts';

const chain = makeChain();
const port = await freePort();
const DRAND = {
  config: { randomness: 'drand', drandUrls: [`http://127.0.0.1:${port}`] },
  drandChain: chain.info,
} as const;
const GIVEN_UP = 'The pick was given up:* another program kept changing the draw';

let beacon: TestBeacon;
const withBeacon = (): void => {
  beforeAll(async () => {
    beacon = await startBeacon(chain, 'honest', port);
  });
  beforeEach(() => {
    beacon.conduct = 'honest';
  });
  afterAll(() => beacon.close());
};

/** A draw with an entrant, and then a command of an organiser's. */
async function begun(fixture: Fixture): Promise<void> {
  await fixture.says('olivia', 'start "A cello"', 'admin');
  await fixture.says('ada', 'enter ada');
}

/** Waits for what is said at the response address, after the answer. */
function toldLater(answer: Answer, words: string): Promise<string> {
  const look = (): string | undefined =>
    answer.posts.map(({ body }) => readText(body)).find((said) => said.includes(words));
  return until(look, { patience: 80_000, what: `a post that says “${words}”` });
}

const drawings = async (fixture: Fixture): Promise<string[]> =>
  (await fixture.announcements()).map(readText).filter((said) => said.includes('Drawing from'));

/** Another program, which lets somebody in as soon as it has been fixed who takes part; until it is told to stop. */
async function keepChanging({ redis, bot }: Fixture, until: AbortSignal): Promise<void> {
  const { record } = await recordKeys(redis, bot.slack.channels.announce);
  for (let seen = 0; !until.aborted; await pause(50)) {
    const count = ((await redis.hget(record, 'commitments')) ?? '').split('\n').length;
    if (count > seen) await redis.sadd(KEYS.entrants, `late${count}`);
    seen = count;
  }
}

withBot(
  'a pick that another program contradicts again and again',
  (fixture) => {
    withBeacon();

    it('is posted three times at most; whoever asked is told, the log and the panel say so, and another pick is another', async () => {
      const before = (await drawings(fixture())).length;
      await begun(fixture());
      const enough = new AbortController();
      const asked = await fixture().member('olivia').command('pick', { channel: 'admin' });
      const changing = keepChanging(fixture(), enough.signal);
      expect(await toldLater(asked, 'The pick')).toContain(GIVEN_UP);
      enough.abort();
      await changing;
      expect((await drawings(fixture())).length - before).toBeLessThanOrEqual(3);
      expect(fixture().bot.log.some((line) => /"level":"error".*A pick was given up/.test(line))).toBe(true);
      expect(await fixture().says('olivia', 'admin', 'admin')).toContain(GIVEN_UP);

      const again = await fixture().member('olivia').command('pick', { channel: 'admin' });
      expect(await fixture().says('olivia', 'admin', 'admin')).not.toContain('given up');
      await fixture().announced('And the winners are', 30_000);
      // What ends well needs no more words.
      expect(again.posts.map(({ body }) => readText(body)).filter((said) => said.includes('The pick'))).toEqual([]);
    }, 120_000);

    it('is told in the panel to who pressed the button, also while another process announces', async () => {
      await begun(fixture());
      const panel = await fixture().type('olivia', 'admin', 'admin');
      await fixture().redis.set(KEYS.lease, 'another 1', 'PX', 100_000);
      const pressed = await fixture().member('olivia').click('Pick winners', panel);
      await toldLater(pressed, 'Drawing from 1 entrant');
      await fixture().redis.sadd(KEYS.prizes, 'A harp');
      const home = fixture().bot.slack.channels.announce;
      const another = createDraws({ redis: fixture().redis, profiles: new FakeProfiles(), home });
      expect(await another.home.resume(0)).toMatchObject({ kind: 'refused' });
      expect(await toldLater(pressed, 'The pick was')).toMatch(/control panel[\s\S]*another program kept changing/);
      expect(pressed.posts.at(-1)?.body).toMatchObject({ replace_original: true });
    }, 60_000);

    it('keeps no process that is to end', async () => {
      await begun(fixture());
      beacon.conduct = 'away';
      const { slack, github } = fixture().bot;
      const second = await runBot({ slack, github, redisUrl: fixture().server.url, ...DRAND });
      // It has reached Redis.
      await until(async () => (await fetch(`${second.url}/readyz`)).ok || undefined);
      const olivia = person(slack, second.transport, 'olivia');
      const asked = await olivia.command('pick', { channel: 'admin' });
      const began = performance.now();
      await second.stop();
      expect(performance.now() - began).toBeLessThan(8_000);
      expect(readText(asked.message)).toContain('Drawing from');
      expect(asked.posts).toEqual([]);
    }, 60_000);
  },
  DRAND,
);

withBot(
  'a pick that does not come to its end in time',
  (fixture) => {
    withBeacon();

    it('is said to go on by itself once Redis is back, and does', async () => {
      await begun(fixture());
      const asked = await fixture().member('olivia').command('pick', { channel: 'admin' });
      fixture().server.pause();
      try {
        expect(await toldLater(asked, 'The pick')).toMatch(
          /Redis does not answer\. It goes on by itself once Redis is back/,
        );
      } finally {
        fixture().server.resume();
      }
      await fixture().announced('And the winners are', 60_000);
      expect(fixture().bot.log.some((line) => /"level":"error".*A pick has not brought winners/.test(line))).toBe(true);
    }, 100_000);

    it('is said to go on by itself while its round is waited for, and does', async () => {
      await begun(fixture());
      beacon.conduct = 'away';
      const asked = await fixture().member('olivia').command('pick', { channel: 'admin' });
      expect(await toldLater(asked, 'The pick')).toContain('It goes on by itself, and nothing is lost.');
      await until(async () => ((await fixture().redis.exists(KEYS.winners)) === 1 ? true : undefined), {
        patience: 60_000,
      });
    }, 100_000);
  },
  { ...DRAND, pickPatience: 2_500 },
);
