import { type BotFixture, until } from '../fixtures/bot.ts';
import type { Person } from '../workspace/people.ts';
import { CAST } from './cast.ts';
import type { Transcript } from './transcript.ts';

/** Where a draw is played, and how it is told. */
interface Scene {
  readonly fixture: BotFixture;
  readonly transcript: Transcript;
  /** Waits before each thing that somebody does. */
  readonly pause: () => Promise<void>;
}

/** Plays a whole draw, from the organiser's first command to the winners. */
export async function play(
  fixture: BotFixture,
  transcript: Transcript,
  pause: Scene['pause'] = async () => {},
): Promise<void> {
  const scene: Scene = { fixture, transcript, pause };
  const olivia = fixture.member('olivia');
  transcript.act('Olivia, an organiser, starts a draw');
  await type(scene, olivia, 'start "A mechanical keyboard" "A signed book" "Stickers & socks" for 30m', 'admin');
  transcript.posted('general', 'announces:', await fixture.announced('is open'));

  transcript.act('Members enter with their GitHub IDs');
  for (const { name, login } of CAST.slice(1, 10)) await type(scene, fixture.member(name), `enter ${login}`);
  await type(scene, fixture.member('alan'), 'enter turign-with-a-typo');
  await type(scene, fixture.member('alan'), 'enter https://github.com/turing');
  await type(scene, fixture.member('ada'), 'enter @Ada');
  await enterByButton(scene, fixture.member('radia'), 'radia');
  await type(scene, fixture.member('grace'), 'status');

  transcript.act('Olivia closes the draw, and Larry is late');
  await type(scene, olivia, 'close', 'admin');
  await type(scene, fixture.member('late-larry'), 'enter larry');
  transcript.posted('general', 'changes the announcement:', await fixture.announced('draw is closed'));

  transcript.act('Olivia picks the winners');
  await pressOnPanel(scene, olivia, 'Pick winners');
  transcript.posted('general', 'announces:', await fixture.announced('the winners are'));
  await type(scene, fixture.member('margaret'), 'status');
  await type(scene, fixture.member('margaret'), 'verify');
}

async function type({ transcript, pause }: Scene, who: Person, text: string, channel = 'announce'): Promise<void> {
  await pause();
  transcript.does(who.name, channelName(channel), `types  /prizedraw ${text}`);
  const answer = await who.command(text, { channel });
  transcript.sees(who.name, answer.message ?? (await answer.later()));
}

async function enterByButton({ fixture, transcript, pause }: Scene, who: Person, login: string): Promise<void> {
  await pause();
  transcript.does(who.name, 'general', 'presses  Enter the draw');
  await who.click('Enter the draw', await fixture.announced('is open'));
  const dialog = await until(() => who.lastView());
  transcript.sees(who.name, dialog);
  await pause();
  transcript.does(who.name, 'general', `fills in  ${login}`);
  await who.submit(dialog, { 'Your GitHub ID': login });
  transcript.sees(who.name, await until(() => who.lastView()));
}

async function pressOnPanel({ transcript, pause }: Scene, who: Person, button: string): Promise<void> {
  await pause();
  transcript.does(who.name, channelName('admin'), 'types  /prizedraw admin');
  const panel = await who.command('admin', { channel: 'admin' });
  const shown = panel.message ?? (await panel.later());
  transcript.sees(who.name, shown);
  await pause();
  transcript.does(who.name, channelName('admin'), `presses  ${button}, and confirms`);
  const pressed = await who.click(button, shown);
  transcript.sees(who.name, await pressed.later());
}

function channelName(channel: string): string {
  return channel === 'admin' ? 'draw-admins' : 'general';
}
