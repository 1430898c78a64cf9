import { describe, expect, it } from 'vitest';
import { inWorld } from './support/world.ts';

inWorld('entering with a cached profile', (world) => {
  it('costs one Redis round trip, one HTTP exchange and nothing else', async () => {
    await world().write({ open: true, prizes: ['A book'] });
    const { github, slack } = world().stage;
    const measured: unknown[] = [];
    // The announcer looks at the draw every few seconds, and one of these may fall into such a moment.
    for (const [name, login] of [
      ['grace', 'octocat'],
      ['linus', 'ada'],
      ['dennis', 'ken'],
    ] as const) {
      const profile = { login, name: login, avatar_url: `https://avatars.example/${login}`, type: 'User' };
      await world().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(profile), 'EX', 3600);
      github.requests.length = 0;
      const calls = slack.proxy.calls.length;
      await world().server.resetStats();
      const { ack, posts } = await world().member(name).command(`enter ${login}`);
      const { 'config|resetstat': _, info: __, ...commands } = await world().server.commandstats();
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

inWorld('entering without one', (world) => {
  it('costs two round trips, and one look-up between', async () => {
    await world().write({ open: true, prizes: ['A book'] });
    await world().says('ada', 'enter ada');
    world().stage.github.requests.length = 0;
    await world().server.resetStats();
    await world().says('grace', 'enter octocat');
    expect(await world().server.commandstats()).toMatchObject({ evalsha: 2, sadd: 1 });
    expect(world().stage.github.requests.map(({ path }) => path)).toEqual(['/users/octocat']);
  });
});

inWorld('showing the winners', (world) => {
  it('reads all profiles at once, and afterwards only the cache', async () => {
    const logins = Array.from({ length: 50 }, (_, index) => `user${index}`);
    for (const login of logins) {
      const profile = { login, name: login, avatar_url: `https://avatars.example/${login}`, type: 'User' };
      await world().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(profile), 'EX', 3600);
    }
    // The bot has seen that there is no draw, so that it does not show the winners itself.
    await world().redis.hset(
      'prizedraw:winners',
      Object.fromEntries(logins.map((login) => [`Prize of ${login}`, login])),
    );
    await world().server.resetStats();
    await world().member('ada').command('winners');
    const first = await world().server.commandstats();
    expect(first).toMatchObject({ mget: 1 });
    expect(first['get'] ?? 0).toBeLessThan(10);
    await world().server.resetStats();
    await world().member('ada').command('winners');
    expect(await world().server.commandstats()).not.toHaveProperty('mget');
  });
});

describe.each(['prizedraw', '{prizedraw}', 'community:a'])('with the key prefix %s', (prefix) => {
  inWorld(
    'the bot',
    (world) => {
      it('touches no other key through a whole draw', async () => {
        await world().redis.mset('other:is_open', 'mine', 'prizedraw2:prizes', 'mine', 'is_open', 'mine');
        await world().says('olivia', 'start "A book" for 30m', 'admin');
        await world().says('ada', 'enter ada');
        await world().says('grace', 'enter grace');
        await world().says('olivia', 'close', 'admin');
        await world().says('olivia', 'pick', 'admin');
        await world().announced('And the winners are');
        const keys = await world().redis.keys('*');
        const foreign = keys.filter((key) => !key.startsWith(`${prefix}:`));
        expect(foreign.toSorted()).toEqual(['is_open', 'other:is_open', 'prizedraw2:prizes']);
        expect(await world().redis.mget(...foreign)).toEqual(['mine', 'mine', 'mine']);
        expect(await world().redis.hlen(`${prefix}:winners`)).toBe(1);
      });
    },
    { config: { keyPrefix: prefix } },
  );
});
