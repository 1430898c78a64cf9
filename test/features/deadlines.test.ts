import { describe, expect, it } from 'vitest';
import type { Shown } from '../workspace/messages.ts';
import type { Person } from '../workspace/people.ts';
import type { Ack } from '../workspace/transport.ts';
import { inWorld, readText, STATES, type World } from './support/world.ts';

/** Slack shows an error after 3 s; a little less, for the way. */
const LIMIT = 2_800;

/** Everything that people can type, press and fill in, by name. */
async function everything(world: World): Promise<ReadonlyArray<readonly [string, () => Promise<Ack>]>> {
  const [ada, grace, linus, olivia] = ['ada', 'grace', 'linus', 'olivia'].map(world.member);
  if (!ada || !grace || !linus || !olivia) throw new Error('Somebody is missing.');
  const panel = await world.type('olivia', 'admin', 'admin');
  const status = await world.type('linus', 'status');
  await ada.command('enter');
  const toEnter = await world.dialog('ada');
  await olivia.command('start', { channel: 'admin' });
  const toStart = await world.dialog('olivia');

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
  // Each in a world of its own: what was asked while something hung is still being done when the test is over.
  const acknowledged = async (world: World, breakIt: () => void): Promise<void> => {
    await world.write({ ...STATES.DRAW_OPEN_WITH_ENTRANTS });
    const asked = await everything(world);
    breakIt();
    const acks = await Promise.all(asked.map(async ([what, ask]) => ({ what, ...(await ask()) })));
    const late = acks.filter(({ status, ms }) => status !== 200 || ms > LIMIT);
    expect(late).toEqual([]);
  };

  inWorld('while GitHub', (world) => {
    it('hangs', () => acknowledged(world(), () => world().stage.github.behave('*', { hang: true })), 30_000);
  });

  inWorld('while Redis', (world) => {
    it('is frozen', async () => {
      try {
        await acknowledged(world(), () => world().server.pause());
      } finally {
        world().server.resume();
      }
    }, 30_000);
  });

  inWorld('while Slack’s own API', (world) => {
    it('hangs', async () => {
      let heal = (): void => {};
      await acknowledged(world(), () => {
        heal = world().stage.slack.proxy.fault(() => true, { kind: 'hang' });
      });
      heal();
    }, 30_000);
  });
});

inWorld('an answer', (world) => {
  it('that is known at once is in the acknowledgement, and nothing else is sent', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    for (const text of ['status', 'enter octocat', 'prizes', 'winners', 'help', 'dance']) {
      const { ack, posts } = await world().member('ada').command(text);
      expect(ack.body).toMatchObject({ response_type: 'ephemeral', blocks: expect.any(Array) });
      expect(posts).toEqual([]);
    }
  });

  it('that takes a second is still in the acknowledgement', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    world().stage.github.behave('octocat', { delay: 1000 });
    const { ack, posts } = await world().member('ada').command('enter octocat');
    expect(readText(ack.body)).toContain('You are in the draw');
    expect(posts).toEqual([]);
  });

  it('that takes longer goes to the response address, once', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    world().stage.github.behave('octocat', { delay: 2300 });
    const answer = await world().member('ada').command('enter octocat');
    expect(answer.ack.body).toBeUndefined();
    expect(readText(await answer.later())).toContain('You are in the draw');
    expect(answer.posts[0]?.body).toMatchObject({ response_type: 'ephemeral' });
    expect(answer.posts.length).toBe(1);
  });

  it('that takes longer takes the place of the waiting dialog', async () => {
    await world().write(STATES.DRAW_OPEN_WITH_ENTRANTS);
    const ada = world().member('ada');
    for (const [id, said] of [
      ['nobody-is-called-so', 'GitHub knows no such user'],
      ['octocat', 'You are in the draw'],
    ] as const) {
      world().stage.github.behave(id, { delay: 2300 });
      await ada.command('enter');
      const view = await world().dialog('ada');
      const ack = await ada.submit(view, { 'Your GitHub ID': id });
      expect(readText(ack.body)).toContain('This takes a little longer');
      await expect.poll(() => readText(ada.lastView()), { timeout: 5_000 }).toContain(said);
      // Where the ID is at fault, the form is there again, with what was typed.
      if (id !== 'octocat') expect(JSON.stringify(ada.lastView())).toContain(`"initial_value":"${id}"`);
      world().stage.slack.views.shut(view.id);
    }
  }, 30_000);
});
