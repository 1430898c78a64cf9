import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runBot, startBotFixture } from '../support/fixtures/bot.ts';
import { readText, withBot } from '../support/fixtures/features.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';
import { buttons } from '../support/workspace/read.ts';

const SOON = 15_000;

withBot('a draw that another program runs on the six shared keys', (fixture) => {
  it('is announced from its opening to its winners', async () => {
    await fixture().write({ open: true, prizes: ['A zither'] });
    const message = await fixture().announced('A zither', SOON);
    expect(buttons(message)).toEqual(['Enter the draw']);
    await fixture().redis.sadd('prizedraw:entrants', 'ken');
    expect((await fixture().announced('1 person has entered', SOON)).ts).toBe(message.ts);
    await fixture().redis.del('prizedraw:is_open');
    expect((await fixture().announced('This draw is closed', SOON)).ts).toBe(message.ts);
    await fixture()
      .redis.multi()
      .hset('prizedraw:winners', 'A zither', 'ken')
      .del('prizedraw:prizes', 'prizedraw:entrants')
      .exec();
    const winners = await fixture().announced('And the winners are', SOON);
    expect(readText(winners)).toMatch(/A zither[\s\S]*Ken Thompson[\s\S]*ken/);
  }, 60_000);

  it('is announced when it began and ended between two looks', async () => {
    // The bot has looked, and there was nothing.
    await expect.poll(() => fixture().redis.exists('prizedraw:slack:draws_version'), { timeout: SOON }).toBe(1);
    await fixture().write({ wins: [{ prize: 'A lyre', login: 'barbara' }] });
    expect(readText(await fixture().announced('A lyre', SOON))).toContain('Barbara Liskov');
  }, 40_000);

  it('is announced once when its winners are written one by one, however slowly', async () => {
    const prizes = ['A drum', 'A fife', 'A gong'];
    await fixture().write({ open: true, prizes, entrants: ['ken', 'barbara', 'ada', 'grace'] });
    await fixture().announced('4 people have entered', SOON);
    await fixture().redis.del('prizedraw:is_open');
    for (const prize of prizes) {
      const login = await fixture().redis.spop('prizedraw:entrants');
      await fixture().redis.srem('prizedraw:prizes', prize);
      await fixture().redis.hset('prizedraw:winners', prize, login ?? '');
      // Longer than from one look to the next.
      if (prize !== 'A gong') await pause(4_500);
    }
    await fixture().redis.del('prizedraw:entrants');
    await fixture().announced('And the winners are', SOON);
    await pause(5_000);
    const winners = (await fixture().announcements()).map(readText).filter((text) => text.includes('And the winners'));
    expect(winners.filter((text) => prizes.some((prize) => text.includes(prize)))).toEqual([
      expect.stringMatching(/A drum[\s\S]*A fife[\s\S]*A gong/),
    ]);
  }, 60_000);

  it('is a new one when it follows a draw of the bot', async () => {
    await fixture().says('olivia', 'start "A harp"', 'admin');
    const first = await fixture().announced('A harp');
    await fixture().says('ada', 'enter ada');
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().announced('And the winners are');
    await fixture().redis.del('prizedraw:winners', 'prizedraw:winners_json');
    await fixture().write({ open: true, prizes: ['A lute'] });
    expect((await fixture().announced('A lute', SOON)).ts).not.toBe(first.ts);
    expect(await fixture().says('grace', 'enter grace')).toContain('You are in');
  }, 40_000);
});

withBot('a bot that is started again', (fixture) => {
  it('goes on with the message that it finds', async () => {
    await fixture().says('olivia', 'start "An oboe"', 'admin');
    const message = await fixture().announced('An oboe');
    const count = (await fixture().announcements()).length;
    await fixture().bot.stop();
    const { slack, github } = fixture().bot;
    // While nobody was there, the draw was closed.
    await fixture().redis.del('prizedraw:is_open');
    const again = await runBot({ slack, github, redisUrl: fixture().server.url });
    const closed = await fixture().announced('This draw is closed', SOON);
    await again.stop();
    expect(closed.ts).toBe(message.ts);
    expect((await fixture().announcements()).length).toBe(count);
  }, 40_000);
});

it.skipIf(!redisInstalled())(
  'a draw that was over before the bot ever ran is no news',
  async () => {
    const server = await startRedis();
    const redis = server.client();
    await redis.hset('prizedraw:winners', 'An old prize', 'ken');
    const bot = await startBotFixture({ redisUrl: server.url });
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    const posted = await bot.announcements();
    await bot.close();
    await server.close();
    expect(posted.filter((message) => readText(message).includes('An old prize'))).toEqual([]);
  },
  30_000,
);
