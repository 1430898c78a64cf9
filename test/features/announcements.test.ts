import { expect, it } from 'vitest';
import type { ChannelMessage } from '../workspace/messages.ts';
import { buttons, images } from '../workspace/read.ts';
import { inWorld, readText, type World } from './support/world.ts';

/** What the bot did through its own commands shows within this time, in milliseconds; what others did, within 15 s. */
const AT_ONCE = 5_000;
const SOON = 15_000;

/** Starts a draw with a prize of its own name, and waits for its announcement. */
async function started(world: World, prize: string, duration = ''): Promise<ChannelMessage> {
  await world.says('olivia', `start "${prize}" ${duration}`, 'admin');
  return world.announced(prize, AT_ONCE);
}

/** Waits until a message says something. */
async function changed(world: World, { ts }: ChannelMessage, words: string, patience: number): Promise<ChannelMessage> {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = (await world.announcements()).find((message) => message.ts === ts);
    if (found && readText(found).includes(words)) return found;
  }
  throw new Error(`The message did not come to say “${words}” within ${patience} ms.`);
}

inWorld('the announcement of a draw', (world) => {
  it('says what there is to win, until when, how many have entered, and has the button', async () => {
    const message = await started(world(), 'A kite', 'for 30m');
    const text = readText(message);
    expect(text).toContain('A prize draw is open');
    expect(text).toContain('Nobody has entered yet');
    const at = Number(/Closes <!date\^(\d+)\^/.exec(text)?.[1]);
    expect(Math.abs(at - (Date.now() / 1000 + 1800))).toBeLessThan(5);
    expect(buttons(message)).toEqual(['Enter the draw']);
  });

  it('says so when no timer closes it', async () => {
    expect(readText(await started(world(), 'A drum'))).toContain('Open until an organiser closes it');
  });

  it('shows the number of entrants within 10 s, and is not touched when nothing has changed', async () => {
    const message = await started(world(), 'A globe');
    await world().says('ada', 'enter ada');
    await world().says('grace', 'enter grace');
    await changed(world(), message, '2 people have entered', 10_000);
    const updates = () => world().stage.slack.proxy.calls.filter(({ path }) => path.includes('chat.update')).length;
    const before = updates();
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(updates()).toBe(before);
  }, 30_000);

  it('is marked closed when the draw is closed by hand', async () => {
    const message = await started(world(), 'A lamp');
    await world().says('olivia', 'close', 'admin');
    const closed = await changed(world(), message, 'This draw is closed', AT_ONCE);
    expect(buttons(closed)).toEqual([]);
    expect(readText(closed)).toContain('Nobody has entered, so nobody wins. Watch for the next draw.');
  });

  it('is marked closed when its timer closes the draw', async () => {
    const message = await started(world(), 'A clock', 'for 30m');
    await world().redis.pexpire('prizedraw:is_open', 1000);
    expect(buttons(await changed(world(), message, 'This draw is closed', SOON))).toEqual([]);
  });

  it('is posted anew when it has been deleted', async () => {
    const message = await started(world(), 'A violin');
    await world().stage.slack.deleteMessage(message.channel, message.ts);
    await world().says('olivia', 'close', 'admin');
    const anew = await world().announced('A violin', AT_ONCE);
    expect(anew.ts).not.toBe(message.ts);
    expect(readText(anew)).toContain('This draw is closed');
  });

  it('is one for each draw: the next has its own, and the old one stays', async () => {
    const first = await started(world(), 'A teapot');
    await world().says('ada', 'enter ada');
    await world().says('olivia', 'pick', 'admin');
    await changed(world(), first, 'The winners are out', AT_ONCE);
    const second = await started(world(), 'A samovar');
    expect(second.ts).not.toBe(first.ts);
    expect(readText(await changed(world(), first, 'A teapot', AT_ONCE))).toContain('This draw is closed');
  });

  it('does not move, and nothing else is posted, through a whole draw', async () => {
    const before = (await world().announcements()).length;
    const message = await started(world(), 'A saddle');
    await world().says('ada', 'enter ada');
    await world().says('olivia', 'close', 'admin');
    await changed(world(), message, 'This draw is closed', AT_ONCE);
    await world().says('olivia', 'pick', 'admin');
    await changed(world(), message, 'The winners are out', AT_ONCE);
    await world().announced('And the winners are', AT_ONCE);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect((await world().announcements()).length).toBe(before + 2);
  }, 30_000);
});

inWorld('the announcement of the winners', (world) => {
  it('has avatar, name, GitHub link, prize, and a mention where the member is known', async () => {
    await world().says('olivia', 'start "Mug 2" "Mug 10" "Mug 1"', 'admin');
    await world().says('ada', 'enter ada');
    await world().says('grace', 'enter grace');
    // Entered by another program, so nobody knows who it is in Slack.
    await world().redis.sadd('prizedraw:entrants', 'ken');
    await world().says('olivia', 'pick', 'admin');
    const message = await world().announced('And the winners are', AT_ONCE);
    const text = readText(message);
    expect(text.match(/Mug \d+/g)).toEqual(['Mug 1', 'Mug 2', 'Mug 10']);
    expect(text).toContain(`<https://github.com/ada|ada> · <@${world().stage.slack.users['ada']}>`);
    expect(text).toContain(`<https://github.com/grace|grace> · <@${world().stage.slack.users['grace']}>`);
    expect(text).toMatch(/<https:\/\/github\.com\/ken\|ken>\n/);
    for (const name of ['Ada Lovelace', 'Grace Hopper', 'Ken Thompson']) expect(text).toContain(name);
    const pictures = images(message);
    expect(pictures.map(({ alt_text }) => alt_text).toSorted()).toEqual([
      'Avatar of Ada Lovelace',
      'Avatar of Grace Hopper',
      'Avatar of Ken Thompson',
    ]);
    expect(new Set(pictures.map(({ image_url }) => image_url)).size).toBe(3);
    const cache = JSON.parse((await world().redis.get('prizedraw:winners_json')) ?? '[]');
    expect(cache.map(({ prize }: { prize: string }) => prize)).toEqual(['Mug 1', 'Mug 2', 'Mug 10']);
    expect(Object.keys(cache[0]).toSorted()).toEqual(['image', 'name', 'prize']);
  });

  it('does not wait for GitHub longer than people do', async () => {
    await world().says('olivia', 'start "A chair"', 'admin');
    await world().redis.sadd('prizedraw:entrants', 'ken');
    world().stage.github.behave('*', { hang: true });
    await world().says('olivia', 'pick', 'admin');
    const message = await world().announced('A chair', AT_ONCE);
    await expect
      .poll(async () => readText(await world().announced('And the winners are')), { timeout: AT_ONCE })
      .toContain('A chair');
    expect(readText(message)).toContain('A chair');
  });
});
