import { describe, expect, it } from 'vitest';
import { dump, without } from '../support/fixtures/draw.ts';
import { readText, STATES, shownOf, withBot } from '../support/fixtures/features.ts';
import type { Shown } from '../support/workspace/messages.ts';

const REFUSED = 'Only organisers can do that, in their own channel.';

withBot('the right to organise', (fixture) => {
  describe.each(['random', 'announce', 'D0DIRECT'])('is not given in %s', (channel) => {
    it.each(['start', 'start "A"', 'start nonsense', 'close', 'pick', 'entrants', 'admin'])('for %s', async (text) => {
      await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
      const before = await fixture().keys();
      const answer = await fixture().says('olivia', text, channel);
      expect(answer).toContain(REFUSED);
      expect(answer).not.toMatch(/ken|barbara/);
      expect(await fixture().keys()).toEqual(before);
    });
  });

  /** A control panel as it is in the organisers' channel, but in front of somebody elsewhere. */
  const copiedPanel = async (channel: string): Promise<Shown> => ({
    ...(await fixture().type('olivia', 'admin', 'admin')),
    channel,
  });

  it.each([
    ['Close draw', STATES.DRAW_OPEN_WITH_ENTRANTS],
    ['Pick winners', STATES.DRAW_OPEN_WITH_ENTRANTS],
    ['Start a draw', STATES.DRAW_WON],
  ])('is checked again when a copied “%s” is pressed elsewhere', async (label, keys) => {
    await fixture().write(keys);
    const panel = await copiedPanel(fixture().bot.slack.channels.random);
    const before = await fixture().keys();
    const answer = await fixture().member('ada').click(label, panel);
    expect(readText(await shownOf(answer))).toContain(REFUSED);
    expect(answer.posts[0]?.body).toMatchObject({ replace_original: false });
    expect(await fixture().keys()).toEqual(before);
    expect(fixture().member('ada').lastView()).toBeUndefined();
  });

  it.each([
    ['another channel', JSON.stringify({ channel: 'C0ANOTHER' })],
    ['no channel', ''],
    ['nonsense', '{"channel":'],
    ['something else', '{"channel":["admin"]}'],
  ])('is checked again when a dialog names %s', async (_what, metadata) => {
    await fixture().member('olivia').command('start', { channel: 'admin' });
    const view = await fixture().dialog('olivia');
    const ack = await fixture()
      .member('ada')
      .submit(view, { 'Prizes, one a line': 'A' }, { private_metadata: metadata });
    expect(JSON.stringify(ack.body)).toContain(REFUSED);
    expect(await fixture().keys()).toEqual({});
  });

  it('is checked again when a panel’s button is pressed where there is no channel at all', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const panel = await copiedPanel('');
    const before = await fixture().keys();
    for (const label of ['Close draw', 'Pick winners']) {
      expect(readText(await shownOf(await fixture().member('ada').click(label, panel)))).toContain(REFUSED);
    }
    expect(await fixture().keys()).toEqual(before);
  });

  it('leaves every key as it was, the bot’s own too, when it is refused', async () => {
    await fixture().says('olivia', 'start "A book"', 'admin');
    await fixture().says('ada', 'enter ada');
    const panel = await copiedPanel(fixture().bot.slack.channels.announce);
    await fixture().says('olivia', 'close', 'admin');
    await fixture().announced('This draw is closed');
    // Who announces, and how often, is written again and again, and says nothing of the draw.
    const turns = ['prizedraw:slack:announcer', 'prizedraw:slack:announcer_turns'];
    const all = async () => without(await dump(fixture().redis), ...turns);
    const before = await all();
    for (const text of ['start "B"', 'close', 'pick', 'entrants', 'admin']) await fixture().says('ada', text);
    for (const label of ['Close draw', 'Pick winners'])
      await shownOf(await fixture().member('ada').click(label, panel));
    expect(await all()).toEqual(before);
  });

  it('is logged: who did what, where, and what came of it', async () => {
    await fixture().says('olivia', 'start "A"', 'admin');
    const { slack, log } = fixture().bot;
    const steps = log.map((line) => JSON.parse(line)).filter(({ step }) => step === 'start');
    expect(steps.at(-1)).toMatchObject({
      member: slack.users['olivia'],
      channel: slack.channels.admin,
      outcome: 'started',
      request: expect.stringMatching(/^\w+$/),
    });
  });
});
