import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { redisInstalled, startRedis } from '../support/redis.ts';
import { runBot, setStage } from '../support/stage.ts';
import { buttons } from '../workspace/read.ts';
import { inWorld, readText } from './support/world.ts';

const SOON = 15_000;

inWorld('a draw that another program runs on the six shared keys', (world) => {
  it('is announced from its opening to its winners', async () => {
    await world().write({ open: true, prizes: ['A zither'] });
    const message = await world().announced('A zither', SOON);
    expect(buttons(message)).toEqual(['Enter the draw']);
    await world().redis.sadd('prizedraw:entrants', 'ken');
    expect((await world().announced('1 person has entered', SOON)).ts).toBe(message.ts);
    await world().redis.del('prizedraw:is_open');
    expect((await world().announced('This draw is closed', SOON)).ts).toBe(message.ts);
    await world()
      .redis.multi()
      .hset('prizedraw:winners', 'A zither', 'ken')
      .del('prizedraw:prizes', 'prizedraw:entrants')
      .exec();
    const winners = await world().announced('And the winners are', SOON);
    expect(readText(winners)).toMatch(/ken[\s\S]*Ken Thompson[\s\S]*A zither/);
  }, 60_000);

  it('is announced when it began and ended between two looks', async () => {
    await expect.poll(() => world().redis.exists('prizedraw:slack:announced'), { timeout: SOON }).toBe(1);
    await world().write({ wins: [{ prize: 'A lyre', login: 'barbara' }] });
    expect(readText(await world().announced('A lyre', SOON))).toContain('Barbara Liskov');
  }, 40_000);

  it('is announced once when its winners are written one by one, however slowly', async () => {
    const prizes = ['A drum', 'A fife', 'A gong'];
    await world().write({ open: true, prizes, entrants: ['ken', 'barbara', 'ada', 'grace'] });
    await world().announced('4 people have entered', SOON);
    await world().redis.del('prizedraw:is_open');
    for (const prize of prizes) {
      const login = await world().redis.spop('prizedraw:entrants');
      await world().redis.srem('prizedraw:prizes', prize);
      await world().redis.hset('prizedraw:winners', prize, login ?? '');
      // Longer than from one look to the next.
      if (prize !== 'A gong') await pause(4_500);
    }
    await world().redis.del('prizedraw:entrants');
    await world().announced('And the winners are', SOON);
    await pause(5_000);
    const winners = (await world().announcements()).map(readText).filter((text) => text.includes('And the winners'));
    expect(winners.filter((text) => prizes.some((prize) => text.includes(prize)))).toEqual([
      expect.stringMatching(/A drum[\s\S]*A fife[\s\S]*A gong/),
    ]);
  }, 60_000);

  it('is a new one when it follows a draw of the bot', async () => {
    await world().says('olivia', 'start "A harp"', 'admin');
    const first = await world().announced('A harp');
    await world().says('ada', 'enter ada');
    await world().says('olivia', 'pick', 'admin');
    await world().announced('And the winners are');
    await world().redis.del('prizedraw:winners', 'prizedraw:winners_json');
    await world().write({ open: true, prizes: ['A lute'] });
    expect((await world().announced('A lute', SOON)).ts).not.toBe(first.ts);
    expect(await world().says('grace', 'enter grace')).toContain('You are in');
  }, 40_000);
});

inWorld('a bot that is started again', (world) => {
  it('goes on with the message that it finds', async () => {
    await world().says('olivia', 'start "An oboe"', 'admin');
    const message = await world().announced('An oboe');
    const count = (await world().announcements()).length;
    await world().stage.stop();
    const { slack, github } = world().stage;
    // While nobody was there, the draw was closed.
    await world().redis.del('prizedraw:is_open');
    const again = await runBot({ slack, github, redisUrl: world().server.url });
    const closed = await world().announced('This draw is closed', SOON);
    await again.stop();
    expect(closed.ts).toBe(message.ts);
    expect((await world().announcements()).length).toBe(count);
  }, 40_000);
});

it.skipIf(!redisInstalled())(
  'a draw that was over before the bot ever ran is no news',
  async () => {
    const server = await startRedis();
    const redis = server.client();
    await redis.hset('prizedraw:winners', 'An old prize', 'ken');
    const stage = await setStage({ redisUrl: server.url });
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    const posted = await stage.announcements();
    await stage.close();
    await server.close();
    expect(posted.filter((message) => readText(message).includes('An old prize'))).toEqual([]);
  },
  30_000,
);
