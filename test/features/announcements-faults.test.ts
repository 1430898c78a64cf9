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
