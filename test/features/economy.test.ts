import { describe, expect, it } from 'vitest';
import { numbered } from '../support/fixtures/draw.ts';
import { type Fixture, withBot } from '../support/fixtures/features.ts';

interface Cost {
  /** How often each Redis command was carried out, those within scripts too. */
  readonly commands: Readonly<Record<string, number>>;
  /** Whether the worker's look is planned at most once; it is not where it is planned already. */
  readonly isPlannedOnce: boolean;
  readonly lookUps: number;
  readonly slackCalls: number;
  readonly posts: number;
}

/** One script, and what it calls itself. */
const ONE_ENTRY = {
  evalsha: 1,
  exists: 5,
  get: 2,
  hget: 5,
  hlen: 2,
  hset: 2,
  sadd: 1,
  scard: 2,
  sismember: 2,
  time: 2,
  type: 13,
  zscore: 1,
};

const newcomers = numbered('user', 60);

/** What it costs that one more member enters, whose profile is cached, by typing so in a channel. */
async function costOfEntering({ bot, member, redis, server }: Fixture, channel: string): Promise<Cost> {
  const login = newcomers.pop() ?? '';
  const profile = { login, name: login, avatar_url: `https://avatars.example/${login}`, type: 'User' };
  await redis.set(`prizedraw:profiles:${login}`, JSON.stringify(profile), 'EX', 3600);
  const [lookUps, slackCalls] = [bot.github.requests.length, bot.slack.proxy.calls.length];
  await server.resetStats();
  const { ack, posts } = await member(login).command(`enter ${login}`, { channel });
  const { 'config|resetstat': _, info: __, zadd = 0, ...commands } = await server.commandstats();
  expect(JSON.stringify(ack.body)).toContain('You are in the draw');
  return {
    commands,
    isPlannedOnce: zadd <= 1,
    lookUps: bot.github.requests.length - lookUps,
    slackCalls: bot.slack.proxy.calls.length - slackCalls,
    posts: posts.length,
  };
}

/** Asks until it costs what it should: the worker looks at the draw every few seconds, and may do so meanwhile. */
async function costsOneRoundTrip(fixture: Fixture, channel: string): Promise<void> {
  const cost = { commands: ONE_ENTRY, isPlannedOnce: true, lookUps: 0, slackCalls: 0, posts: 0 };
  await expect.poll(() => costOfEntering(fixture, channel), { timeout: 15_000, interval: 300 }).toEqual(cost);
}

withBot(
  'entering with a cached profile',
  (fixture) => {
    it('costs one Redis round trip, one HTTP exchange and nothing else', async () => {
      await fixture().write({ open: true, prizes: ['A book'] });
      await fixture().announced('A book');
      await costsOneRoundTrip(fixture(), 'random');
    });

    it('costs as much where there are several draws, one of them in the channel in which it is typed', async () => {
      const { slack } = fixture().bot;
      const [chess, music] = [await slack.addChannel('chess'), await slack.addChannel('music')];
      await fixture().says('olivia', 'start "A fork"', 'admin');
      await fixture().says('olivia', `start "A knight" in ${chess}`, 'admin');
      await fixture().says('olivia', `start "A lute" in ${music}`, 'admin');
      for (const channel of [chess, music, 'announce']) await costsOneRoundTrip(fixture(), channel);
      expect(await fixture().redis.exists(...[chess, music].map((each) => `prizedraw:${each}:entrants`))).toBe(2);
      expect(await fixture().redis.exists('prizedraw:entrants')).toBe(1);
    }, 40_000);
  },
  { users: newcomers },
);

withBot('entering without one', (fixture) => {
  it('costs two round trips, and one look-up between', async () => {
    await fixture().write({ open: true, prizes: ['A book'] });
    await fixture().announced('A book');
    await fixture().says('ada', 'enter ada');
    const people = ['grace', 'linus', 'margaret', 'dennis'];
    const cost = async (): Promise<unknown> => {
      const name = people.pop() ?? '';
      fixture().bot.github.requests.length = 0;
      await fixture().server.resetStats();
      await fixture().says(name, `enter ${name}`);
      const { evalsha, sadd } = await fixture().server.commandstats();
      expect(fixture().bot.github.requests.map(({ path }) => path)).toEqual([`/users/${name}`]);
      return { evalsha, sadd };
    };
    // The worker may look at the draw at the same time, but not each time.
    await expect.poll(cost, { timeout: 15_000, interval: 300 }).toEqual({ evalsha: 2, sadd: 1 });
  });
});

withBot('showing the winners', (fixture) => {
  it('reads all profiles at once, and afterwards only the cache', async () => {
    const logins = Array.from({ length: 50 }, (_, index) => `user${index}`);
    for (const login of logins) {
      const profile = { login, name: login, avatar_url: `https://avatars.example/${login}`, type: 'User' };
      await fixture().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(profile), 'EX', 3600);
    }
    // The bot has seen that there is no draw, so that it does not show the winners itself.
    await fixture().redis.hset(
      'prizedraw:winners',
      Object.fromEntries(logins.map((login) => [`Prize of ${login}`, login])),
    );
    await fixture().server.resetStats();
    await fixture().member('ada').command('winners');
    const first = await fixture().server.commandstats();
    expect(first).toMatchObject({ mget: 1 });
    expect(first['get'] ?? 0).toBeLessThan(10);
    await fixture().server.resetStats();
    await fixture().member('ada').command('winners');
    expect(await fixture().server.commandstats()).not.toHaveProperty('mget');
  });
});

describe.each(['prizedraw', '{prizedraw}', 'community:a'])('with the key prefix %s', (prefix) => {
  withBot(
    'the bot',
    (fixture) => {
      it('touches no other key through a whole draw', async () => {
        await fixture().redis.mset('other:is_open', 'mine', 'prizedraw2:prizes', 'mine', 'is_open', 'mine');
        await fixture().says('olivia', 'start "A book" for 30m', 'admin');
        await fixture().says('ada', 'enter ada');
        await fixture().says('grace', 'enter grace');
        await fixture().says('olivia', 'close', 'admin');
        await fixture().says('olivia', 'pick', 'admin');
        await fixture().announced('And the winners are');
        const keys = await fixture().redis.keys('*');
        const foreign = keys.filter((key) => !key.startsWith(`${prefix}:`));
        expect(foreign.toSorted()).toEqual(['is_open', 'other:is_open', 'prizedraw2:prizes']);
        expect(await fixture().redis.mget(...foreign)).toEqual(['mine', 'mine', 'mine']);
        expect(await fixture().redis.hlen(`${prefix}:winners`)).toBe(1);
      });
    },
    { config: { keyPrefix: prefix } },
  );
});
