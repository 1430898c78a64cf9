import { expect, it } from 'vitest';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import type { ChannelMessage } from '../support/workspace/messages.ts';
import { buttons, images } from '../support/workspace/read.ts';

/** What the bot did through its own commands shows within this time, in milliseconds; what others did, within 15 s. */
const AT_ONCE = 5_000;
const SOON = 15_000;

/** Starts a draw with a prize of its own name, and waits for its announcement. */
async function started(fixture: Fixture, prize: string, duration = ''): Promise<ChannelMessage> {
  await fixture.says('olivia', `start "${prize}" ${duration}`, 'admin');
  return fixture.announced(prize, AT_ONCE);
}

/** Waits until a message says something. */
async function changed(
  fixture: Fixture,
  { ts }: ChannelMessage,
  words: string,
  patience: number,
): Promise<ChannelMessage> {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = (await fixture.announcements()).find((message) => message.ts === ts);
    if (found && readText(found).includes(words)) return found;
  }
  throw new Error(`The message did not come to say “${words}” within ${patience} ms.`);
}

withBot('the announcement of a draw', (fixture) => {
  it('says what there is to win, until when, how many have entered, and has the button', async () => {
    const message = await started(fixture(), 'A kite', 'for 30m');
    const text = readText(message);
    expect(text).toContain('A prize draw is open');
    expect(text).toContain('Nobody has entered yet');
    const at = Number(/Closes <!date\^(\d+)\^/.exec(text)?.[1]);
    expect(Math.abs(at - (Date.now() / 1000 + 1800))).toBeLessThan(5);
    expect(buttons(message)).toEqual(['Enter the draw']);
  });

  it('says so when no timer closes it', async () => {
    expect(readText(await started(fixture(), 'A drum'))).toContain('Open until an organiser closes it');
  });

  it('shows the number of entrants within 10 s, and is not touched when nothing has changed', async () => {
    const message = await started(fixture(), 'A globe');
    await fixture().says('ada', 'enter ada');
    await fixture().says('grace', 'enter grace');
    await changed(fixture(), message, '2 people have entered', 10_000);
    const updates = () => fixture().bot.slack.proxy.calls.filter(({ path }) => path.includes('chat.update')).length;
    const before = updates();
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(updates()).toBe(before);
  }, 30_000);

  it('is marked closed when the draw is closed by hand', async () => {
    const message = await started(fixture(), 'A lamp');
    await fixture().says('olivia', 'close', 'admin');
    const closed = await changed(fixture(), message, 'This draw is closed', AT_ONCE);
    expect(buttons(closed)).toEqual([]);
    expect(readText(closed)).toContain('Nobody has entered, so nobody wins. Watch for the next draw.');
  });

  it('is marked closed when its timer closes the draw', async () => {
    const message = await started(fixture(), 'A clock', 'for 30m');
    await fixture().redis.pexpire('prizedraw:is_open', 1000);
    expect(buttons(await changed(fixture(), message, 'This draw is closed', SOON))).toEqual([]);
  });

  it('is posted anew when it has been deleted', async () => {
    const message = await started(fixture(), 'A violin');
    await fixture().bot.slack.deleteMessage(message.channel, message.ts);
    await fixture().says('olivia', 'close', 'admin');
    const anew = await fixture().announced('A violin', AT_ONCE);
    expect(anew.ts).not.toBe(message.ts);
    expect(readText(anew)).toContain('This draw is closed');
  });

  it('is one for each draw: the next has its own, and the old one stays', async () => {
    const first = await started(fixture(), 'A teapot');
    await fixture().says('ada', 'enter ada');
    await fixture().says('olivia', 'pick', 'admin');
    await changed(fixture(), first, 'The winners are out', AT_ONCE);
    const second = await started(fixture(), 'A samovar');
    expect(second.ts).not.toBe(first.ts);
    expect(readText(await changed(fixture(), first, 'A teapot', AT_ONCE))).toContain('This draw is closed');
  });

  it('does not move, and nothing else is posted, through a whole draw', async () => {
    const before = (await fixture().announcements()).length;
    const message = await started(fixture(), 'A saddle');
    await fixture().says('ada', 'enter ada');
    await fixture().says('olivia', 'close', 'admin');
    await changed(fixture(), message, 'This draw is closed', AT_ONCE);
    await fixture().says('olivia', 'pick', 'admin');
    await changed(fixture(), message, 'The winners are out', AT_ONCE);
    await fixture().announced('And the winners are', AT_ONCE);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect((await fixture().announcements()).length).toBe(before + 2);
  }, 30_000);
});

withBot('the announcement of the winners', (fixture) => {
  it('has avatar, name, GitHub link, prize, and a mention where the member is known', async () => {
    await fixture().says('olivia', 'start "Mug 2" "Mug 10" "Mug 1"', 'admin');
    await fixture().says('ada', 'enter ada');
    await fixture().says('grace', 'enter grace');
    // Entered by another program, so nobody knows who it is in Slack.
    await fixture().redis.sadd('prizedraw:entrants', 'ken');
    await fixture().says('olivia', 'pick', 'admin');
    const message = await fixture().announced('And the winners are', AT_ONCE);
    const text = readText(message);
    expect(text.match(/Mug \d+/g)).toEqual(['Mug 1', 'Mug 2', 'Mug 10']);
    expect(text).toContain(`<https://github.com/ada|ada> · <@${fixture().bot.slack.users['ada']}>`);
    expect(text).toContain(`<https://github.com/grace|grace> · <@${fixture().bot.slack.users['grace']}>`);
    expect(text).toMatch(/<https:\/\/github\.com\/ken\|ken>(?:\n|$)/);
    for (const name of ['Ada Lovelace', 'Grace Hopper', 'Ken Thompson']) expect(text).toContain(name);
    const pictures = images(message);
    expect(pictures.map(({ alt_text }) => alt_text).toSorted()).toEqual([
      'Avatar of Ada Lovelace',
      'Avatar of Grace Hopper',
      'Avatar of Ken Thompson',
    ]);
    expect(new Set(pictures.map(({ image_url }) => image_url)).size).toBe(3);
    const cache = JSON.parse((await fixture().redis.get('prizedraw:winners_json')) ?? '[]');
    expect(cache.map(({ prize }: { prize: string }) => prize)).toEqual(['Mug 1', 'Mug 2', 'Mug 10']);
    expect(Object.keys(cache[0]).toSorted()).toEqual(['image', 'name', 'prize']);
  });

  it('does not wait for GitHub longer than people do', async () => {
    await fixture().says('olivia', 'start "A chair"', 'admin');
    await fixture().redis.sadd('prizedraw:entrants', 'ken');
    fixture().bot.github.behave('*', { hang: true });
    await fixture().says('olivia', 'pick', 'admin');
    const message = await fixture().announced('A chair', AT_ONCE);
    await expect
      .poll(async () => readText(await fixture().announced('And the winners are')), { timeout: AT_ONCE })
      .toContain('A chair');
    expect(readText(message)).toContain('A chair');
  });
});
