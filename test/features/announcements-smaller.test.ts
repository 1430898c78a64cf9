import { afterEach, expect, it } from 'vitest';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import type { ChannelMessage } from '../support/workspace/messages.ts';
import { images } from '../support/workspace/read.ts';

const COUNT = 20;
const avatar = (index: number): string => `https://avatars.example/${index}`;

/** Picks among as many entrants as prizes, each with a name and an avatar; returns the messages that name winners. */
async function pickMany(fixture: Fixture): Promise<ChannelMessage[]> {
  const before = (await fixture.announcements()).length;
  const indexes = Array.from({ length: COUNT }, (_, index) => index + 1);
  for (const index of indexes) {
    const json = { login: `user${index}`, name: `Name ${index}`, avatar_url: avatar(index), type: 'User' };
    await fixture.redis.set(`prizedraw:profiles:user${index}`, JSON.stringify(json), 'EX', 3600);
  }
  const prizes = indexes.map((index) => `Bead ${index}`);
  await fixture.write({ open: true, prizes, entrants: indexes.map((index) => `user${index}`) });
  await fixture.announced(`${COUNT} prizes to win`, 15_000);
  await fixture.says('olivia', 'pick', 'admin');
  const named = async (): Promise<ChannelMessage[]> =>
    (await fixture.announcements()).slice(before).filter((message) => /user\d/.test(readText(message)));
  const beads = async (): Promise<number> =>
    (await named()).flatMap((message) => readText(message).match(/Bead \d+/g) ?? []).length;
  await expect.poll(beads, { timeout: 30_000 }).toBe(COUNT);
  return named();
}

withBot('winners whose message Slack refuses', (fixture) => {
  afterEach(() => fixture().bot.slack.setMessageRules({}));

  it('as too long: all are there, in order, in smaller messages', async () => {
    // Room for about five winners.
    fixture().bot.slack.setMessageRules({ blocks: 2_000 });
    const messages = await pickMany(fixture());
    expect(messages.flatMap((message) => readText(message).match(/Bead \d+/g) ?? [])).toEqual(
      Array.from({ length: COUNT }, (_, index) => `Bead ${index + 1}`),
    );
    expect(messages.map((message) => readText(message).split('\n')[0])).toEqual([
      '🏆 And the winners are… (1 of 4)',
      '🏆 More winners (2 of 4)',
      '🏆 More winners (3 of 4)',
      '🏆 More winners (4 of 4)',
    ]);
    expect(messages.flatMap(images)).toHaveLength(COUNT);
    expect(fixture().bot.log.some((line) => line.includes('msg_blocks_too_long'))).toBe(true);
    expect(await (await fetch(`${fixture().bot.url}/readyz`)).json()).toMatchObject({ announcements: 'ok' });
  }, 60_000);

  it('for an avatar that it cannot fetch: only those beside it have none', async () => {
    fixture().bot.slack.setMessageRules({ brokenImages: [avatar(13)] });
    const messages = await pickMany(fixture());
    const shown = messages.flatMap(images).map(({ image_url }) => image_url);
    expect(shown).not.toContain(avatar(13));
    expect(shown).toHaveLength(15);
  }, 60_000);

  it('in every form but plain text: that says who won what, and holds up nothing', async () => {
    fixture().bot.slack.setMessageRules({ blocks: 500 });
    const messages = await pickMany(fixture());
    expect(messages.flatMap(({ blocks = [] }) => blocks)).toEqual([]);
    const said = messages.map(readText).join('\n');
    expect(said).toMatch(/•\s+Bead 1: Name \d+ · <https:\/\/github\.com\/user\d+\|user\d+>/);
    expect(said).toContain('Drawn from 20 entrants');
    fixture().bot.slack.setMessageRules({});
    await fixture().says('olivia', 'start "A bugle"', 'admin');
    await fixture().announced('A bugle');
  }, 90_000);
});
