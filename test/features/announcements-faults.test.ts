import { expect, it } from 'vitest';
import { runBot } from '../support/stage.ts';
import { person } from '../workspace/people.ts';
import { inWorld, readText, shownOf, type World } from './support/world.ts';

const count = async (world: World, words: string): Promise<number> =>
  (await world.announcements()).filter((message) => readText(message).includes(words)).length;

inWorld('an announcement that Slack does not take', (world) => {
  it.each([
    ['A bell', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['A book', { kind: 'status', status: 500 }],
    ['A boat', { kind: 'reset' }],
    ['A bowl', { kind: 'status', status: 200, body: { ok: false, error: 'internal_error' } }],
  ] as const)(
    '%s, is posted later, once',
    async (prize, fault) => {
      world().stage.slack.proxy.fault((path) => path.includes('chat.postMessage'), fault, 2);
      await world().says('olivia', `start "${prize}"`, 'admin');
      await world().announced(prize, 20_000);
      expect(await count(world(), prize)).toBe(1);
    },
    30_000,
  );

  it('is posted once when Slack took it and the answer was lost', async () => {
    world().stage.slack.proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'lose_answer' }, 1);
    await world().says('olivia', 'start "A banjo"', 'admin');
    const message = await world().announced('A banjo');
    await world().says('ada', 'enter ada');
    await world().says('olivia', 'close', 'admin');
    expect((await world().announced('This draw is closed', 15_000)).ts).toBe(message.ts);
    // The winners' announcement, too.
    world().stage.slack.proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'lose_answer' }, 1);
    await world().says('olivia', 'pick', 'admin');
    await world().announced('And the winners are');
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(await count(world(), 'A banjo')).toBe(2);
  }, 40_000);

  it('goes on after the message whose answer was lost, when there are many', async () => {
    const prizes = Array.from({ length: 120 }, (_, index) => `Bead ${index + 1}`);
    const entrants = Array.from({ length: 120 }, (_, index) => `user${index + 1}`);
    for (const login of entrants) {
      const json = { login, name: login, avatar_url: 'https://avatars.example/1', type: 'User' };
      await world().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json), 'EX', 3600);
    }
    await world().write({ open: true, prizes, entrants });
    await world().announced('120 prizes to win', 15_000);
    let posts = 0;
    const lost = (path: string) => path.includes('chat.postMessage') && ++posts % 2 === 0;
    const heal = world().stage.slack.proxy.fault(lost, { kind: 'lose_answer' });
    await world().says('olivia', 'pick', 'admin');
    await world().announced('Bead 120', 20_000);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    heal();
    const named = (await world().announcements())
      .filter((message) => /user\d+/.test(readText(message)))
      .flatMap((message) => readText(message).match(/Bead \d+/g) ?? []);
    expect(named).toEqual(prizes);
  }, 60_000);

  it('is tried again until the bot has been invited, and that is said once', async () => {
    const error = { ok: false, error: 'not_in_channel' };
    const heal = world().stage.slack.proxy.fault((path) => path.includes('chat.postMessage'), {
      kind: 'status',
      status: 200,
      body: error,
    });
    await world().says('olivia', 'start "A bench"', 'admin');
    const said = () => world().stage.log.filter((line) => line.includes('is not in the announcement channel'));
    await expect.poll(() => said().length, { timeout: 5_000 }).toBe(1);
    expect(said()[0]).toContain('/invite @prizedraw');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(said().length).toBe(1);
    heal();
    await world().announced('A bench', 15_000);
    expect(world().stage.log.join('')).toContain('Announcing works again.');
  }, 40_000);

  it('does not keep anyone from entering', async () => {
    const heal = world().stage.slack.proxy.fault((path) => path.includes('chat.'), { kind: 'hang' });
    await world().says('olivia', 'start "A bottle"', 'admin');
    expect(await world().says('ada', 'enter ada')).toContain('You are in');
    heal();
    await world().announced('A bottle', 20_000);
  }, 30_000);
});

inWorld('two bots on one Redis', (world) => {
  it('serve one draw, and announce it once', async () => {
    const { slack, github } = world().stage;
    const other = await runBot({ slack, github, redisUrl: world().server.url });
    const olivia = person(slack, other.transport, 'olivia');
    for (let round = 1; round <= 5; round++) {
      await world().says('olivia', `start "Round ${round}"`, 'admin');
      await world().announced(`Round ${round}`);
      const ada = person(slack, other.transport, 'ada');
      expect(readText(await shownOf(await ada.command('enter ada')))).toContain('You are in');
      expect(readText(await shownOf(await olivia.command('pick', { channel: 'admin' })))).toContain('Picked 1 winner');
      await expect.poll(async () => (await count(world(), `Round ${round}`)) >= 2, { timeout: 20_000 }).toBe(true);
    }
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    for (let round = 1; round <= 5; round++) expect(await count(world(), `Round ${round}`)).toBe(2);
    await other.stop();
  }, 120_000);
});
