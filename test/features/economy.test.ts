import { describe, expect, it } from 'vitest';
import { withBot } from '../support/fixtures/features.ts';

withBot('entering with a cached profile', (fixture) => {
  it('costs one Redis round trip, one HTTP exchange and nothing else', async () => {
    await fixture().write({ open: true, prizes: ['A book'] });
    const { github, slack } = fixture().bot;
    const measured: unknown[] = [];
    // The announcer looks at the draw every few seconds, and one of these may fall into such a moment.
    for (const [name, login] of [
      ['grace', 'octocat'],
      ['linus', 'ada'],
      ['dennis', 'ken'],
    ] as const) {
      const profile = { login, name: login, avatar_url: `https://avatars.example/${login}`, type: 'User' };
      await fixture().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(profile), 'EX', 3600);
      github.requests.length = 0;
      const calls = slack.proxy.calls.length;
      await fixture().server.resetStats();
      const { ack, posts } = await fixture().member(name).command(`enter ${login}`);
      const { 'config|resetstat': _, info: __, ...commands } = await fixture().server.commandstats();
      expect(JSON.stringify(ack.body)).toContain('You are in the draw');
      const [lookUps, slackCalls] = [github.requests.length, slack.proxy.calls.length - calls];
      measured.push({ commands, lookUps, slackCalls, posts: posts.length });
    }
    // One script, and what it calls itself.
    const commands = {
      evalsha: 1,
      time: 1,
      exists: 3,
      get: 1,
      sismember: 1,
      scard: 1,
      hlen: 1,
      hget: 1,
      sadd: 1,
      hset: 2,
    };
    expect(measured).toContainEqual({ commands, lookUps: 0, slackCalls: 0, posts: 0 });
  });
});

withBot('entering without one', (fixture) => {
  it('costs two round trips, and one look-up between', async () => {
    await fixture().write({ open: true, prizes: ['A book'] });
    await fixture().says('ada', 'enter ada');
    fixture().bot.github.requests.length = 0;
    await fixture().server.resetStats();
    await fixture().says('grace', 'enter octocat');
    expect(await fixture().server.commandstats()).toMatchObject({ evalsha: 2, sadd: 1 });
    expect(fixture().bot.github.requests.map(({ path }) => path)).toEqual(['/users/octocat']);
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
