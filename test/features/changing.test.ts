import { describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { readText, withBot } from '../support/fixtures/features.ts';
import { press } from '../support/fixtures/several-draws.ts';
import type { Fields } from '../support/workspace/json.ts';
import type { ChannelMessage } from '../support/workspace/messages.ts';
import { buttons, objects } from '../support/workspace/read.ts';

withBot('an organiser of a draw that is on', (fixture) => {
  const says = (text: string) => fixture().says('olivia', text, 'admin');
  const start = (more = '') => says(`start "A book" "A mug"${more}`);
  const minutesLeft = async () => (await fixture().redis.pttl('prizedraw:is_open')) / 60_000;
  const prizes = async () => (await fixture().redis.smembers('prizedraw:prizes')).toSorted();
  /** Starts a draw, and waits for its announcement. */
  const announced = async (more = ''): Promise<ChannelMessage> => {
    const before = (await fixture().announcements()).length;
    await start(more);
    return until(async () => (await fixture().announcements())[before], { what: 'its announcement' });
  };
  /** Waits until the same message says something. */
  const shows = async ({ ts }: ChannelMessage, words: string): Promise<ChannelMessage> =>
    until(
      async () =>
        (await fixture().announcements()).find((message) => message.ts === ts && readText(message).includes(words)),
      { patience: 15_000, what: `the announcement to say “${words}”` },
    );

  describe('who extends it', () => {
    it('has it close later, and the same announcement says so; closed, it is open again', async () => {
      const announcement = await announced(' for 1h');
      expect(await says('extend 15m')).toContain('🕒 The draw closes later: ');
      expect(await minutesLeft()).toBeCloseTo(75, 0);
      expect(readText(await shows(announcement, '✏️ Closes 15 minutes later.'))).toContain('A prize draw is open');
      await says('close');
      expect(readText(await shows(announcement, 'This draw is closed'))).not.toContain('later');
      expect(await says('extend 1h30m')).toContain('🎁 The draw is open again, until ');
      const again = await shows(announcement, '✏️ Open again until ');
      expect(buttons(again)).toEqual(['Enter the draw']);
      expect(await minutesLeft()).toBeCloseTo(90, 0);
      expect(await fixture().says('ada', 'enter ada')).toContain('You are in the draw');
    }, 30_000);

    it('does so by the button in the control panel, by 15 minutes', async () => {
      await start(' for 1h');
      const panel = await fixture().type('olivia', 'admin', 'admin');
      const after = await press(fixture(), 'olivia', 'Extend by 15 minutes', panel);
      expect(after).toContain('The draw closes later: ');
      expect(after).toContain('It closes in 1 hour 15 minutes');
      expect(await minutesLeft()).toBeCloseTo(75, 0);
    });

    it.each([
      ['extend', 'By how much?'],
      ['extend soon', '“soon” is no duration, so nothing was changed.'],
      ['extend 0m', '“0m” is too short'],
      ['extend 31d', '“31d” is too long'],
      ['extend 30d', 'A draw closes within 30 days from now, so nothing was changed. It closes in 1 hour as it is.'],
    ])('is told what is wrong with “%s”', async (typed, said) => {
      await start(' for 1h');
      expect(await says(typed)).toContain(said);
      expect(await minutesLeft()).toBeCloseTo(60, 0);
    });
  });

  describe('who changes its prizes', () => {
    it('adds and drops some, and the announcement says which', async () => {
      const announcement = await announced();
      expect(await says('add “A *pen*” "R&D"')).toContain('🎁 Added: A *pen* and R&amp;D. The draw has 4 prizes now.');
      const added = await shows(announcement, '4 prizes to win');
      expect(readText(added)).toContain('✏️ New prizes: A *pen* and R&amp;D.');
      expect(await says('drop "A *pen*"')).toContain('Dropped: A *pen*. The draw has 3 prizes now.');
      expect(readText(await shows(announcement, '3 prizes to win'))).toContain('✏️ No longer a prize: A *pen*.');
      expect(await prizes()).toEqual(['A book', 'A mug', 'R&D']);
      await says('close');
      await shows(announcement, 'This draw is closed');
      await says('add "A cup"');
      expect(readText(await shows(announcement, '✏️ New prize: A cup.'))).toContain('This draw is closed');
    }, 30_000);

    it.each([
      ['add "A pen" "A mug"', 'Already in this draw: A mug. So nothing was added.'],
      ['add "A pen" "A pen"', 'Given twice: “A pen”.'],
      ['add A pen', 'Nothing was changed. Put each prize in quotes and nothing else, as in /prizedraw add'],
      ['add "A pen" for 30m', 'Nothing was changed. Put each prize in quotes and nothing else'],
      ['add', 'Nothing was changed. Put each prize in quotes'],
      ['drop "A book" "a mug"', 'No prize of this draw: a mug. So nothing was dropped.'],
      ['drop "A book" "A mug"', 'A draw needs at least one prize, so nothing was dropped.'],
      ['drop', 'Nothing was changed. Put each prize in quotes and nothing else, as in /prizedraw drop'],
    ])('is told what is wrong with “%s”', async (typed, said) => {
      await start();
      expect(await says(typed)).toContain(said);
      expect(await prizes()).toEqual(['A book', 'A mug']);
    });
  });

  describe('who removes an entrant', () => {
    const toMembers = (path: string, { channel }: Fields) =>
      /chat\.postMessage/.test(path) && /^U/.test(String(channel));
    const sent = () => fixture().bot.slack.proxy.calls.filter(({ path, body }) => toMembers(path, body));

    it('has whoever entered it told, and nobody enters it again; the winners’ announcement counts it', async () => {
      const announcement = await announced();
      await fixture().says('ada', 'enter ada');
      await fixture().says('grace', 'enter grace');
      const before = sent().length;
      expect(await says('remove @ada because of a *second* <account>')).toContain(
        'ada is out of the draw, and cannot be entered in it again. Whoever entered it was told by a direct message.',
      );
      const [message, ...others] = sent().slice(before);
      expect(others).toEqual([]);
      expect(message?.body['channel']).toBe(fixture().member('ada').id);
      const said = readText(message?.body);
      expect(said).toContain(`taken your entry ada out of the draw in <#${fixture().bot.slack.channels.announce}>`);
      expect(objects(message?.body)).toContainEqual(
        expect.objectContaining({ type: 'plain_text', text: 'Reason: of a *second* <account>' }),
      );
      await shows(announcement, '1 person has entered\n✏️ An entrant was removed by the organisers.');
      for (const name of ['ada', 'linus']) {
        expect(await fixture().says(name, 'enter ada')).toContain(
          'An organiser has taken that GitHub ID out of this draw',
        );
      }
      await fixture().member('ada').command('enter');
      const ack = await fixture()
        .member('ada')
        .submit(await fixture().dialog('ada'), { 'Your GitHub ID': 'ada' });
      expect(ack.body).toMatchObject({ response_action: 'errors' });
      expect(await says('remove ada')).toContain('ada was removed from this draw before');
      await says('pick');
      expect(readText(await fixture().announced('And the winners are'))).toContain(
        '1 entrant was removed by the organisers beforehand.',
      );
    }, 30_000);

    it.each([
      [
        { kind: 'status', status: 200, body: { ok: false, error: 'messages_tab_disabled' } },
        '(messages_tab_disabled), so tell them yourself.',
      ],
      [{ kind: 'status', status: 429, headers: { 'retry-after': '30' } }, '(ratelimited), so tell them yourself.'],
      [
        { kind: 'lose_answer' },
        'Slack did not answer, so a direct message to whoever entered it may not have arrived.',
      ],
    ] as const)('is told where the direct message did not arrive, and it is sent once: %j', async (fault, said) => {
      await start();
      await fixture().says('ada', 'enter ada');
      const before = sent().length;
      const heal = fixture().bot.slack.proxy.fault(toMembers, fault);
      expect(await says('remove ada')).toContain(said);
      heal();
      expect(sent()).toHaveLength(before + 1);
      expect(await fixture().redis.exists('prizedraw:entrants')).toBe(0);
    });

    it.each(['remove', 'remove because of this', 'remove ada grace', 'remove <!here>'])(
      'says whom: %s',
      async (typed) => {
        await start();
        await fixture().says('ada', 'enter ada');
        expect(await says(typed)).toContain('Nothing was changed. Say whom to remove, as in /prizedraw remove octocat');
        expect(await fixture().redis.smembers('prizedraw:entrants')).toEqual(['ada']);
      },
    );
  });

  describe('who cancels it', () => {
    it('ends it without winners; the announcement says why, as it was written; the next one can be started', async () => {
      const announcement = await announced();
      await fixture().says('ada', 'enter ada');
      expect(await says('cancel because the *hall* is <closed> & dark')).toContain(
        '🚫 The draw is cancelled: nobody wins',
      );
      expect(Object.keys(await fixture().keys())).toEqual([expect.stringContaining(':profiles:')]);
      const cancelled = await shows(announcement, 'Prize draw: cancelled');
      expect(buttons(cancelled)).toEqual([]);
      expect(objects(cancelled)).toContainEqual(
        expect.objectContaining({ type: 'plain_text', text: 'Reason: the *hall* is <closed> & dark' }),
      );
      expect(await fixture().says('ada', 'status')).toContain('No draw is running');
      expect(readText(await announced())).toContain('A prize draw is open');
    }, 30_000);

    it('does so by the button in the control panel, without a reason', async () => {
      const announcement = await announced();
      const panel = await fixture().type('olivia', 'admin', 'admin');
      expect(await press(fixture(), 'olivia', 'Cancel draw', panel)).toContain('The draw is cancelled');
      expect(readText(await shows(announcement, 'Prize draw: cancelled'))).not.toContain('Reason');
    });

    it('does not where something else than a reason is said', async () => {
      await start();
      expect(await says('cancel the book')).toContain('Nothing was cancelled.');
      expect(await fixture().redis.get('prizedraw:is_open')).toBe('true');
    });
  });
});
