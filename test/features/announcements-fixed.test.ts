import { afterEach, expect, it } from 'vitest';
import { type Fixture, readText, withBot } from '../support/fixtures/features.ts';
import { buttons } from '../support/workspace/read.ts';

const named = async (fixture: Fixture, words: string): Promise<string[]> =>
  (await fixture.announcements()).map(readText).filter((text) => text.includes(words));

withBot('an announcement that Slack lets nobody edit', (fixture) => {
  afterEach(() => fixture().bot.slack.setMessageRules({}));

  it.each(['edit_window_closed', 'cant_update_message'])(
    '(%s) is posted anew, once, without the old one',
    async (noChange) => {
      const prize = `A kite, ${noChange}`;
      await fixture().says('olivia', `start "${prize}"`, 'admin');
      const open = await fixture().announced(prize);
      fixture().bot.slack.setMessageRules({ noChange });
      await fixture().says('olivia', 'close', 'admin');
      await expect
        .poll(() => named(fixture(), prize), { timeout: 15_000 })
        .toEqual([expect.stringContaining('This draw is closed')]);
      expect((await fixture().announced(prize)).ts).not.toBe(open.ts);
      const all = await fixture().announcements();
      expect(all.filter((message) => readText(message).includes(prize)).flatMap(buttons)).toEqual([]);
    },
    40_000,
  );

  it('and nobody delete: the new one says so', async () => {
    await fixture().says('olivia', 'start "A drum"', 'admin');
    await fixture().says('ada', 'enter ada');
    await fixture().announced('A drum');
    fixture().bot.slack.setMessageRules({ noChange: 'edit_window_closed', noDeletion: 'cant_delete_message' });
    await fixture().says('olivia', 'close', 'admin');
    await expect.poll(() => named(fixture(), 'A drum'), { timeout: 15_000 }).toHaveLength(2);
    fixture().bot.slack.setMessageRules({ noDeletion: 'cant_delete_message' });
    await fixture().says('olivia', 'pick', 'admin');
    await fixture().announced('This takes the place of an earlier message', 15_000);
    const said = (await named(fixture(), 'A drum')).filter((text) => !text.includes('winners are…'));
    expect(said).toEqual([expect.stringContaining('is open'), expect.stringContaining('This draw is closed')]);
  }, 40_000);
});

withBot('an announcement channel in which the bot may not post', (fixture) => {
  it.each([
    ['restricted_action', 'The bot may not post in the announcement channel C'],
    ['restricted_action_read_only_channel', 'The bot may not post in the announcement channel C'],
    ['is_read_only', 'The bot may not post in the announcement channel C'],
    ['restricted_action_thread_only_channel', 'does not take messages of its own everywhere'],
    ['restricted_action_non_threadable_channel', 'does not take messages of its own everywhere'],
  ])(
    '(%s) is named in the log and the panel, in plain words, with what to do',
    async (error, words) => {
      const heal = fixture().bot.slack.proxy.fault((path) => path.includes('chat.postMessage'), {
        kind: 'status',
        status: 200,
        body: { ok: false, error },
      });
      await fixture().says('olivia', `start "A bench, ${error}"`, 'admin');
      const said = () => fixture().bot.log.filter((line) => line.includes(words) && line.includes(`(${error})`));
      await expect.poll(() => said().length, { timeout: 10_000 }).toBe(1);
      const panel = await fixture().says('olivia', 'admin', 'admin');
      expect(panel).toContain(words);
      expect(panel).toContain('the channel’s settings');
      heal();
      await fixture().says('olivia', 'admin', 'admin');
      await fixture().announced(`A bench, ${error}`, 15_000);
    },
    40_000,
  );
});
