import { expect, it } from 'vitest';
import { runBot } from '../support/fixtures/bot.ts';
import { type Fixture, readText, shownOf, withBot } from '../support/fixtures/features.ts';
import { person } from '../support/workspace/people.ts';

const count = async (fixture: Fixture, words: string): Promise<number> =>
  (await fixture.announcements()).filter((message) => readText(message).includes(words)).length;

withBot('an announcement that Slack does not take', (fixture) => {
  it.each([
    ['A bell', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['A book', { kind: 'status', status: 500 }],
    ['A boat', { kind: 'reset' }],
    ['A bowl', { kind: 'status', status: 200, body: { ok: false, error: 'internal_error' } }],
  ] as const)(
    '%s, is posted later, once',
    async (prize, fault) => {
      fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), fault, 2);
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      await fixture().announced(prize, 20_000);
      expect(await count(fixture(), prize)).toBe(1);
    },
    30_000,
  );

  it('is posted once when Slack took it and the answer was lost', async () => {
    fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'lose_answer' }, 1);
    await fixture().says('olivia', 'start "A banjo"', 'admin');
    const message = await fixture().announced('A banjo');
    await fixture().says('ada', 'enter ada');
    await fixture().says('olivia', 'close', 'admin');
    expect((await fixture().announced('This draw is closed', 15_000)).ts).toBe(message.ts);
    // The winners' announcement, too.
    fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), { kind: 'lose_answer' }, 1);
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().announced('And the winners are');
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(await count(fixture(), 'A banjo')).toBe(2);
  }, 40_000);

  it('goes on after the message whose answer was lost, when there are many', async () => {
    const prizes = Array.from({ length: 60 }, (_, index) => `Bead ${index + 1}`);
    const entrants = Array.from({ length: 60 }, (_, index) => `user${index + 1}`);
    for (const login of entrants) {
      const json = { login, name: login, avatar_url: 'https://avatars.example/1', type: 'User' };
      await fixture().redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json), 'EX', 3600);
    }
    await fixture().write({ open: true, prizes, entrants });
    await fixture().announced('60 prizes to win', 15_000);
    let posts = 0;
    const lost = (path: string) => path.includes('chat.postMessage') && ++posts % 2 === 0;
    const heal = fixture().bot.slack.proxy.fault(lost, { kind: 'lose_answer' });
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().announced('Bead 60', 20_000);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    heal();
    const named = (await fixture().announcements())
      .filter((message) => /user\d+/.test(readText(message)))
      .flatMap((message) => readText(message).match(/Bead \d+/g) ?? []);
    expect(named).toEqual(prizes);
  }, 60_000);

  it('is tried again until the bot has been invited, and that is said once', async () => {
    const error = { ok: false, error: 'not_in_channel' };
    const heal = fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), {
      kind: 'status',
      status: 200,
      body: error,
    });
    await fixture().says('olivia', 'start "A bench"', 'admin');
    const said = () => fixture().bot.log.filter((line) => line.includes('is not in the announcement channel'));
    await expect.poll(() => said().length, { timeout: 5_000 }).toBe(1);
    expect(said()[0]).toContain('/invite @prizedraw');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(said().length).toBe(1);
    heal();
    await fixture().announced('A bench', 15_000);
    expect(fixture().bot.log.join('')).toContain('Announcing works again.');
  }, 40_000);

  it('does not keep anyone from entering', async () => {
    const heal = fixture().bot.slack.proxy.fault((path) => path.includes('chat.'), { kind: 'hang' });
    await fixture().says('olivia', 'start "A bottle"', 'admin');
    expect(await fixture().says('ada', 'enter ada')).toContain('You are in');
    heal();
    await fixture().announced('A bottle', 20_000);
  }, 30_000);
});

withBot('two bots on one Redis', (fixture) => {
  it('serve one draw, and announce it once', async () => {
    const { slack, github } = fixture().bot;
    const other = await runBot({ slack, github, redisUrl: fixture().server.url });
    const olivia = person(slack, other.transport, 'olivia');
    for (let round = 1; round <= 5; round++) {
      await fixture().says('olivia', `start "Round ${round}"`, 'admin');
      await fixture().announced(`Round ${round}`);
      const ada = person(slack, other.transport, 'ada');
      expect(readText(await shownOf(await ada.command('enter ada')))).toContain('You are in');
      expect(readText(await shownOf(await olivia.command('pick', { channel: 'admin' })))).toContain('Picked 1 winner');
      await expect.poll(async () => (await count(fixture(), `Round ${round}`)) >= 2, { timeout: 20_000 }).toBe(true);
    }
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    for (let round = 1; round <= 5; round++) expect(await count(fixture(), `Round ${round}`)).toBe(2);
    await other.stop();
  }, 120_000);
});
