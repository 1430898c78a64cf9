import { type Stage, until } from '../support/stage.ts';
import type { Person } from '../workspace/people.ts';
import type { Cast } from './stage.ts';
import type { Transcript } from './transcript.ts';

/** Who takes part: an organiser and twelve members. */
export const CAST: readonly Cast[] = [
  { name: 'olivia', login: 'olivia-organises', realName: 'Olivia Organiser' },
  { name: 'ada', login: 'ada', realName: 'Ada Lovelace' },
  { name: 'grace', login: 'gracehopper', realName: 'Grace Hopper' },
  { name: 'linus', login: 'linus', realName: 'Linus' },
  { name: 'margaret', login: 'mhamilton', realName: 'Margaret Hamilton' },
  { name: 'dennis', login: 'dmr', realName: 'Dennis *dmr* Ritchie' },
  { name: 'ken', login: 'ken', realName: 'Ken Thompson' },
  { name: 'barbara', login: 'liskov', realName: 'Barbara Liskov' },
  { name: 'edsger', login: 'ewd', realName: 'Edsger W. Dijkstra' },
  { name: 'katherine', login: 'kjohnson', realName: 'Katherine Johnson' },
  { name: 'alan', login: 'turing', realName: 'Alan Turing' },
  { name: 'radia', login: 'radia', realName: 'Radia Perlman' },
  { name: 'late-larry', login: 'larry', realName: 'Larry' },
];

/** Plays a whole draw, from the organiser's first command to the winners. */
export async function play(stage: Stage, transcript: Transcript): Promise<void> {
  const olivia = stage.member('olivia');
  transcript.act('Olivia, an organiser, starts a draw');
  await type(transcript, olivia, 'start "A mechanical keyboard" "A signed book" "Stickers & socks" for 30m', 'admin');
  transcript.posted('general', 'announces:', await stage.announced('is open'));

  transcript.act('Members enter with their GitHub IDs');
  for (const { name, login } of CAST.slice(1, 10)) await type(transcript, stage.member(name), `enter ${login}`);
  await type(transcript, stage.member('alan'), 'enter turign-with-a-typo');
  await type(transcript, stage.member('alan'), 'enter https://github.com/turing');
  await type(transcript, stage.member('ada'), 'enter @Ada');
  await enterByButton(stage, transcript, stage.member('radia'), 'radia');
  await type(transcript, stage.member('grace'), 'status');

  transcript.act('Olivia closes the draw, and Larry is late');
  await type(transcript, olivia, 'close', 'admin');
  await type(transcript, stage.member('late-larry'), 'enter larry');
  transcript.posted('general', 'changes the announcement:', await stage.announced('draw is closed'));

  transcript.act('Olivia picks the winners');
  await pressOnPanel(transcript, olivia, 'Pick winners');
  transcript.posted('general', 'announces:', await stage.announced('the winners are'));
  await type(transcript, stage.member('margaret'), 'status');
}

async function type(transcript: Transcript, who: Person, text: string, channel = 'random'): Promise<void> {
  transcript.does(who.name, channelName(channel), `types  /prizedraw ${text}`);
  const answer = await who.command(text, { channel });
  transcript.sees(who.name, answer.message ?? (await answer.later()));
}

async function enterByButton(stage: Stage, transcript: Transcript, who: Person, login: string): Promise<void> {
  transcript.does(who.name, 'general', 'presses  Enter the draw');
  await who.click('Enter the draw', await stage.announced('is open'));
  const dialog = await until(() => who.lastView());
  transcript.sees(who.name, dialog);
  transcript.does(who.name, 'general', `fills in  ${login}`);
  await who.submit(dialog, { 'Your GitHub ID': login });
  transcript.sees(who.name, await until(() => who.lastView()));
}

async function pressOnPanel(transcript: Transcript, who: Person, button: string): Promise<void> {
  transcript.does(who.name, channelName('admin'), 'types  /prizedraw admin');
  const panel = await who.command('admin', { channel: 'admin' });
  const shown = panel.message ?? (await panel.later());
  transcript.sees(who.name, shown);
  transcript.does(who.name, channelName('admin'), `presses  ${button}, and confirms`);
  const pressed = await who.click(button, shown);
  transcript.sees(who.name, await pressed.later());
}

function channelName(channel: string): string {
  return channel === 'admin' ? 'draw-admins' : channel;
}
