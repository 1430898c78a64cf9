import { describe, expect, it } from 'vitest';
import { ACTIONS, FIELD_VALUE, FIELDS } from '../../src/slack/ids.ts';
import { ALL_ACTIONS } from '../../src/slack/listeners/actions/table.ts';
import { SUBCOMMANDS } from '../../src/slack/listeners/commands/table.ts';
import { ALL_VIEWS } from '../../src/slack/listeners/views/table.ts';
import { dump, without } from '../support/fixtures/draw.ts';
import { readText, shownOf, withBot } from '../support/fixtures/features.ts';
import type { Shown } from '../support/workspace/messages.ts';

const REFUSED = 'Only organisers can do that, in their own channel. If you are one, try again there.';

/** Names of channels, an ID of a direct message, and none at all. */
const ELSEWHERE = ['random', 'announce', 'D0DIRECT', ''];

/** Whoever may use these may be anywhere; every other entry of the tables is for organisers. */
const FOR_ANYONE = {
  commands: ['status', 'draws', 'enter', 'leave', 'prizes', 'winners', 'verify', 'proof', 'help'],
  buttons: [ACTIONS.enter, ACTIONS.leave, ACTIONS.choose],
  dialogs: ['prizedraw_enter_dialog'],
};

const commands = SUBCOMMANDS.filter(({ name }) => !FOR_ANYONE.commands.includes(name));
const buttons = ALL_ACTIONS.filter(({ actionId }) => !FOR_ANYONE.buttons.some((id) => id === actionId));
const dialogs = ALL_VIEWS.filter(({ callbackId }) => !FOR_ANYONE.dialogs.includes(callbackId));

/** What is typed for each command: by itself, with what it takes, and with nonsense. */
const typed = commands.flatMap(({ name }) => [name, `${name} "A pan" for 30m`, `${name} nonsense`]);

/** A message with a button that the bot never showed there. */
const forged = (channel: string, actionId: string, value: string): Shown => ({
  channel,
  blocks: [
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: actionId, text: { type: 'plain_text', text: 'Press' }, value }],
    },
  ],
});

const filledIn = {
  [FIELDS.prizes]: { [FIELD_VALUE]: { value: 'A pan' } },
  [FIELDS.githubId]: { [FIELD_VALUE]: { value: 'octocat' } },
};

withBot('what is for organisers', (fixture) => {
  it('is marked so in the tables', () => {
    expect(commands.map(({ name, who }) => [name, who])).toEqual(commands.map(({ name }) => [name, 'organisers']));
    expect(buttons.map(({ who }) => who)).toEqual(buttons.map(() => 'organisers'));
    expect(dialogs.map(({ who }) => who)).toEqual(dialogs.map(() => 'organisers'));
    expect([commands, buttons, dialogs].map(({ length }) => length > 0)).toEqual([true, true, true]);
  });

  /** Everything there is in Redis but whose turn it is to announce, which says nothing of a draw. */
  const all = async () =>
    without(await dump(fixture().redis), 'prizedraw:slack:worker', 'prizedraw:slack:worker_turns');

  /** What the bot asked of Slack: dialogs and messages. */
  const asked = (): number => fixture().bot.slack.proxy.calls.filter(({ path }) => /chat\.|views\./.test(path)).length;

  it.each(ELSEWHERE)(
    'is refused in the channel “%s”, each in the same words, and nothing changes',
    async (place) => {
      const { slack } = fixture().bot;
      const where = new Map(Object.entries(slack.channels)).get(place) ?? place;
      const other = await slack.addChannel(`for-${place.toLowerCase() || 'none'}`);
      await fixture().says('olivia', 'start "A fork"', 'admin');
      await fixture().says('olivia', `start "A spoon" in ${other}`, 'admin');
      await fixture().says('ada', `enter ada in ${slack.channels.announce}`);
      await fixture().announced('1 person has entered');
      await expect.poll(() => fixture().redis.exists('prizedraw:slack:due'), { timeout: 15_000 }).toBe(0);
      const ids = Object.entries(await fixture().redis.hgetall('prizedraw:slack:draws')).map(
        ([channel, entry]) => `${channel} ${entry.split(' ')[0]}`,
      );
      const [before, askedBefore] = [await all(), asked()];
      const said: [what: string, words: string][] = [];

      for (const text of typed) said.push([text, await fixture().says('olivia', text, place)]);
      for (const { name, who } of SUBCOMMANDS.filter(({ who }) => who === 'organisers')) {
        for (const id of ids) {
          const answer = await fixture()
            .member('olivia')
            .click('Press', forged(where, ACTIONS.choose, `${name} ${id}`));
          // Those that mean no single draw have no such button, and it does nothing.
          const isOffered = commands.some((command) => command.name === name && 'on' in command);
          if (isOffered) said.push([`${who}: chosen ${name}`, readText(await shownOf(answer))]);
        }
      }
      for (const { actionId } of buttons) {
        for (const value of [...ids, ...ids.map((id) => id.split(' ')[0] ?? ''), '', 'nonsense']) {
          const answer = await fixture()
            .member('olivia')
            .click('Press', forged(where, actionId, value));
          said.push([`${actionId} ${value}`, readText(await shownOf(answer))]);
          expect(answer.posts[0]?.body).toMatchObject({ replace_original: false });
        }
      }
      for (const { callbackId: callback_id } of dialogs) {
        for (const private_metadata of [
          JSON.stringify({ channel: where }),
          where,
          '{"channel":["C"]}',
          '{"channel":',
        ]) {
          const view = { id: 'V1', type: 'modal', callback_id, private_metadata, blocks: [] };
          const ack = await fixture()
            .member('olivia')
            .submit(view, {}, { state: { values: filledIn } });
          said.push([`${callback_id} ${private_metadata}`, readText(ack.body)]);
        }
      }
      expect(said.filter(([, words]) => !words.includes(REFUSED) || /ada|fork|spoon/i.test(words))).toEqual([]);
      expect(await all()).toEqual(before);
      expect(asked()).toBe(askedBefore);
      expect(fixture().member('olivia').lastView()).toBeUndefined();
    },
    60_000,
  );

  describe('in their own channel', () => {
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

    it.each([
      ['another channel', JSON.stringify({ channel: 'C0ANOTHER' })],
      ['no channel', ''],
      ['nonsense', '{"channel":'],
      ['something else', '{"channel":["admin"]}'],
    ])('a dialog that was opened there is refused all the same when it names %s', async (_what, metadata) => {
      await fixture().member('olivia').command('start', { channel: 'admin' });
      const view = await fixture().dialog('olivia');
      const ack = await fixture()
        .member('ada')
        .submit(view, { 'Prizes, one a line': 'A' }, { private_metadata: metadata });
      expect(readText(ack.body)).toContain(REFUSED);
      expect(await fixture().keys()).toEqual({});
    });
  });
});
