import { describe, expect, it } from 'vitest';
import { type Fixture, readText, STATES, withBot } from '../support/fixtures/features.ts';
import type { Shown } from '../support/workspace/messages.ts';
import type { Person } from '../support/workspace/people.ts';
import type { Ack } from '../support/workspace/transport.ts';

/** Slack shows an error after 3 s; a little less, for the way. */
const LIMIT = 2_800;

/** Everything that people can type, press and fill in, by name. */
async function everything(fixture: Fixture): Promise<ReadonlyArray<readonly [string, () => Promise<Ack>]>> {
  const [ada, grace, linus, olivia] = ['ada', 'grace', 'linus', 'olivia'].map(fixture.member);
  if (!ada || !grace || !linus || !olivia) throw new Error('Somebody is missing.');
  const panel = await fixture.type('olivia', 'admin', 'admin');
  const status = await fixture.type('linus', 'status');
  await ada.command('enter');
  const toEnter = await fixture.dialog('ada');
  await olivia.command('start', { channel: 'admin' });
  const toStart = await fixture.dialog('olivia');

  const types = (who: Person, text: string, channel: string) => async () => (await who.command(text, { channel })).ack;
  const clicks = (who: Person, label: string, where: Shown) => async () => (await who.click(label, where)).ack;
  return [
    ...['status', 'enter octocat', 'enter', 'prizes', 'winners', 'help'].map(
      (text) => [text, types(grace, text, 'random')] as const,
    ),
    ...['start', 'start "B"', 'entrants', 'admin', 'close', 'pick'].map(
      (text) => [text, types(olivia, text, 'admin')] as const,
    ),
    ['the button to enter', clicks(linus, 'Enter the draw', status)],
    ['the button to close', clicks(olivia, 'Close draw', panel)],
    ['the button to pick', clicks(olivia, 'Pick winners', panel)],
    ['the dialog to enter', () => ada.submit(toEnter, { 'Your GitHub ID': 'octocat' })],
    ['the dialog to start', () => olivia.submit(toStart, { 'Prizes, one a line': 'B' })],
  ];
}

describe('every request is acknowledged within 3 s', () => {
  // Each with a fixture of its own: what was asked while something hung is still being done when the test is over.
  const acknowledged = async (fixture: Fixture, breakIt: () => void): Promise<void> => {
    await fixture.write({ ...STATES.DRAW_OPEN_WITH_ENTRANTS });
    const asked = await everything(fixture);
    breakIt();
    const acks = await Promise.all(asked.map(async ([what, ask]) => ({ what, ...(await ask()) })));
    const late = acks.filter(({ status, ms }) => status !== 200 || ms > LIMIT);
    expect(late).toEqual([]);
  };

  withBot('while GitHub', (fixture) => {
    it('hangs', () => acknowledged(fixture(), () => fixture().bot.github.behave('*', { hang: true })), 30_000);
  });

  withBot('while Redis', (fixture) => {
    it('is frozen', async () => {
      try {
        await acknowledged(fixture(), () => fixture().server.pause());
      } finally {
        fixture().server.resume();
      }
    }, 30_000);
  });

  withBot('while Slack’s own API', (fixture) => {
    it('hangs', async () => {
      let heal = (): void => {};
      await acknowledged(fixture(), () => {
        heal = fixture().bot.slack.proxy.fault(() => true, { kind: 'hang' });
      });
      heal();
    }, 30_000);
  });
});

withBot('an answer', (fixture) => {
  it('that is known at once is in the acknowledgement, and nothing else is sent', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    for (const text of ['status', 'enter octocat', 'prizes', 'winners', 'help', 'dance']) {
      const { ack, posts } = await fixture().member('ada').command(text);
      expect(ack.body).toMatchObject({ response_type: 'ephemeral', blocks: expect.any(Array) });
      expect(posts).toEqual([]);
    }
  });

  it('that takes a second is still in the acknowledgement', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    fixture().bot.github.behave('octocat', { delay: 1000 });
    const { ack, posts } = await fixture().member('ada').command('enter octocat');
    expect(readText(ack.body)).toContain('You are in the draw');
    expect(posts).toEqual([]);
  });

  it('that takes longer goes to the response address, once', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    fixture().bot.github.behave('octocat', { delay: 2300 });
    const answer = await fixture().member('ada').command('enter octocat');
    expect(answer.ack.body).toBeUndefined();
    expect(readText(await answer.later())).toContain('You are in the draw');
    expect(answer.posts[0]?.body).toMatchObject({ response_type: 'ephemeral' });
    expect(answer.posts.length).toBe(1);
  });

  it('that takes longer takes the place of the waiting dialog', async () => {
    await fixture().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const ada = fixture().member('ada');
    for (const [id, said] of [
      ['nobody-is-called-so', 'GitHub knows no such user'],
      ['octocat', 'You are in the draw'],
    ] as const) {
      fixture().bot.github.behave(id, { delay: 2300 });
      await ada.command('enter');
      const view = await fixture().dialog('ada');
      const ack = await ada.submit(view, { 'Your GitHub ID': id });
      expect(readText(ack.body)).toContain('This takes a little longer');
      await expect.poll(() => readText(ada.lastView()), { timeout: 5_000 }).toContain(said);
      // Where the ID is at fault, the form is there again, with what was typed.
      if (id !== 'octocat') expect(JSON.stringify(ada.lastView())).toContain(`"initial_value":"${id}"`);
      fixture().bot.slack.views.shut(view.id);
    }
  }, 30_000);
});
