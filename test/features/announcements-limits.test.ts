import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';

/** When Slack was asked for something, in milliseconds since the epoch. */
const asked = (fixture: Fixture, method: string): number[] =>
  fixture.bot.slack.proxy.calls.filter(({ path }) => path.endsWith(method)).map(({ at }) => at);

const gaps = (times: readonly number[]): number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));

withBot('the announcement channel', (fixture) => {
  it('gets one message a second at most', async () => {
    const prizes = Array.from({ length: 60 }, (_, index) => `Bead ${index + 1}`);
    const wins = prizes.map((prize, index) => ({ prize, login: `user${index + 1}` }));
    const cache = wins.map(({ prize, login }) => ({ name: login, prize, image: 'https://avatars.example/1' }));
    // Winners that are there when the bot first looks at a Redis are no news, so that a draw goes before.
    await fixture().write({ open: true, prizes: ['A box'] });
    await fixture().announced('A box');
    const before = asked(fixture(), 'chat.postMessage').length;
    await fixture()
      .redis.multi()
      .del('prizedraw:is_open', 'prizedraw:prizes')
      .set('prizedraw:winners_json', JSON.stringify(cache))
      .hset('prizedraw:winners', Object.fromEntries(wins.map(({ prize, login }) => [prize, login])))
      .exec();
    await fixture().announced('Bead 60', 20_000);
    const posts = asked(fixture(), 'chat.postMessage').slice(before);
    expect(posts).toHaveLength(3);
    // Two seconds are between the first and the last; on a busy machine, the first may arrive late.
    expect((posts.at(-1) ?? 0) - (posts[0] ?? 0)).toBeGreaterThan(1_000);
  }, 40_000);

  it('gets one update in 5 seconds at most, however many enter', async () => {
    await fixture().says('olivia', 'start "A globe"', 'admin');
    await fixture().announced('A globe');
    const before = asked(fixture(), 'chat.update').length;
    const begin = Date.now();
    for (let hundred = 0; hundred < 100; hundred++) {
      const logins = Array.from({ length: 100 }, (_, index) => `user${hundred * 100 + index}`);
      await fixture().redis.sadd('prizedraw:entrants', ...logins);
      await sleep(120);
    }
    await fixture().announced('10,000 people have entered', 15_000);
    const updates = asked(fixture(), 'chat.update').slice(before);
    expect(updates.length).toBeLessThanOrEqual(Math.ceil((Date.now() - begin) / 5_000) + 1);
    expect(updates.length).toBeGreaterThan(1);
    expect(Math.min(...gaps(updates))).toBeGreaterThan(4_000);
  }, 60_000);
});

withBot('a channel that takes nothing', (fixture) => {
  it('is tried ever more rarely; the panel and /readyz say why, and the panel has it tried at once', async () => {
    const error = { ok: false, error: 'is_archived' };
    const heal = fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), {
      kind: 'status',
      status: 200,
      body: error,
    });
    await fixture().says('olivia', 'start "A bench"', 'admin');
    await expect.poll(() => asked(fixture(), 'chat.postMessage').length, { timeout: 20_000 }).toBe(5);
    // The organiser's own try may be one more at the beginning, which puts off none of the others.
    const [, , third = 0, fourth = 0] = gaps(asked(fixture(), 'chat.postMessage'));
    expect(Math.min(...gaps(asked(fixture(), 'chat.postMessage')))).toBeGreaterThan(500);
    expect(third).toBeGreaterThan(1_500);
    expect(fourth).toBeGreaterThan(third);
    const readyz = await fetch(`${fixture().bot.url}/readyz`);
    expect(readyz.status).toBe(200);
    expect(await readyz.json()).toMatchObject({ status: 'ok', announcements: expect.stringContaining('is archived') });
    heal();
    const panel = await fixture().says('olivia', 'admin', 'admin');
    expect(panel).toContain('Nothing can be announced at the moment. The announcement channel C');
    expect(panel).toContain('Unarchive it, or announce elsewhere (the home channel: PRIZEDRAW_ANNOUNCE_CHANNEL).');
    await fixture().announced('A bench', 3_000);
    expect(await fixture().says('olivia', 'admin', 'admin')).not.toContain('Nothing can be announced');
    expect(await (await fetch(`${fixture().bot.url}/readyz`)).json()).toMatchObject({ announcements: 'ok' });
    expect(fixture().bot.log.filter((line) => line.includes('is archived')).length).toBe(1);
  }, 60_000);

  it('is left alone as long as Slack asks for', async () => {
    fixture().bot.slack.proxy.fault(
      (path) => path.includes('chat.postMessage'),
      { kind: 'status', status: 429, headers: { 'retry-after': '4' } },
      1,
    );
    const before = asked(fixture(), 'chat.postMessage').length;
    await fixture().says('olivia', 'start "A bell"', 'admin');
    await fixture().announced('A bell', 15_000);
    const [first = 0, second = 0] = asked(fixture(), 'chat.postMessage').slice(before);
    expect(second - first).toBeGreaterThan(3_950);
  }, 30_000);
});

withBot('a message that arrives long after its answer was given up', (fixture) => {
  it('is there once in the end', async () => {
    fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'delay', ms: 8_000 }, 1);
    await fixture().says('olivia', 'start "A kettle"', 'admin');
    const named = async (): Promise<number> =>
      (await fixture().announcements()).filter((message) => readText(message).includes('A kettle')).length;
    await expect.poll(named, { timeout: 15_000 }).toBe(2);
    await expect.poll(named, { timeout: 40_000 }).toBe(1);
    // What is left is what the bot knows of: it still follows the draw.
    await fixture().says('olivia', 'close', 'admin');
    await fixture().announced('This draw is closed', 5_000);
    expect(await named()).toBe(1);
  }, 80_000);
});
