import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inWorld, readText, type World } from './support/world.ts';

/** When Slack was asked for something, in milliseconds since the epoch. */
const asked = (world: World, method: string): number[] =>
  world.stage.slack.proxy.calls.filter(({ path }) => path.endsWith(method)).map(({ at }) => at);

const gaps = (times: readonly number[]): number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));

inWorld('the announcement channel', (world) => {
  it('gets one message a second at most', async () => {
    const prizes = Array.from({ length: 120 }, (_, index) => `Bead ${index + 1}`);
    const wins = prizes.map((prize, index) => ({ prize, login: `user${index + 1}` }));
    const cache = wins.map(({ prize, login }) => ({ name: login, prize, image: 'https://avatars.example/1' }));
    await expect.poll(() => world().redis.exists('prizedraw:slack:announced'), { timeout: 10_000 }).toBe(1);
    await world().redis.set('prizedraw:winners_json', JSON.stringify(cache));
    await world().write({ wins });
    await world().announced('Bead 120', 20_000);
    const posts = asked(world(), 'chat.postMessage');
    expect(posts).toHaveLength(3);
    expect(Math.min(...gaps(posts))).toBeGreaterThan(950);
  }, 40_000);

  it('gets one update in 5 seconds at most, however many enter', async () => {
    await world().says('olivia', 'start "A globe"', 'admin');
    await world().announced('A globe');
    const before = asked(world(), 'chat.update').length;
    const begin = Date.now();
    for (let hundred = 0; hundred < 100; hundred++) {
      const logins = Array.from({ length: 100 }, (_, index) => `user${hundred * 100 + index}`);
      await world().redis.sadd('prizedraw:entrants', ...logins);
      await sleep(120);
    }
    await world().announced('10,000 people have entered', 15_000);
    const updates = asked(world(), 'chat.update').slice(before);
    expect(updates.length).toBeLessThanOrEqual(Math.ceil((Date.now() - begin) / 5_000) + 1);
    expect(updates.length).toBeGreaterThan(1);
    expect(Math.min(...gaps(updates))).toBeGreaterThan(4_900);
  }, 60_000);
});

inWorld('a channel that takes nothing', (world) => {
  it('is tried ever more rarely; the panel and /readyz say why, and the panel has it tried at once', async () => {
    const error = { ok: false, error: 'is_archived' };
    const heal = world().stage.slack.proxy.fault((path) => path.includes('chat.postMessage'), {
      kind: 'status',
      status: 200,
      body: error,
    });
    await world().says('olivia', 'start "A bench"', 'admin');
    await expect.poll(() => asked(world(), 'chat.postMessage').length, { timeout: 20_000 }).toBe(5);
    for (const [index, gap] of gaps(asked(world(), 'chat.postMessage')).entries()) {
      expect(gap).toBeGreaterThan(950 * 2 ** index);
    }
    const readyz = await fetch(`${world().stage.url}/readyz`);
    expect(readyz.status).toBe(200);
    expect(await readyz.json()).toMatchObject({ status: 'ok', announcements: expect.stringContaining('is archived') });
    heal();
    const panel = await world().says('olivia', 'admin', 'admin');
    expect(panel).toContain('Nothing can be announced at the moment. The announcement channel C');
    expect(panel).toContain('Set PRIZEDRAW_ANNOUNCE_CHANNEL to another, or unarchive it.');
    await world().announced('A bench', 3_000);
    expect(await world().says('olivia', 'admin', 'admin')).not.toContain('Nothing can be announced');
    expect(await (await fetch(`${world().stage.url}/readyz`)).json()).toMatchObject({ announcements: 'ok' });
    expect(world().stage.log.filter((line) => line.includes('is archived')).length).toBe(1);
  }, 60_000);

  it('is left alone as long as Slack asks for', async () => {
    world().stage.slack.proxy.fault(
      (path) => path.includes('chat.postMessage'),
      { kind: 'status', status: 429, headers: { 'retry-after': '4' } },
      1,
    );
    const before = asked(world(), 'chat.postMessage').length;
    await world().says('olivia', 'start "A bell"', 'admin');
    await world().announced('A bell', 15_000);
    const [first = 0, second = 0] = asked(world(), 'chat.postMessage').slice(before);
    expect(second - first).toBeGreaterThan(3_950);
  }, 30_000);
});

inWorld('a message that arrives long after its answer was given up', (world) => {
  it('is there once in the end', async () => {
    world().stage.slack.proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'delay', ms: 8_000 }, 1);
    await world().says('olivia', 'start "A kettle"', 'admin');
    const named = async (): Promise<number> =>
      (await world().announcements()).filter((message) => readText(message).includes('A kettle')).length;
    await expect.poll(named, { timeout: 15_000 }).toBe(2);
    await expect.poll(named, { timeout: 40_000 }).toBe(1);
    // What is left is what the bot knows of: it still follows the draw.
    await world().says('olivia', 'close', 'admin');
    await world().announced('This draw is closed', 5_000);
    expect(await named()).toBe(1);
  }, 80_000);
});
