import { inDraw } from '../../blocks/choosing.ts';
import { startDialog } from '../../blocks/dialogs.ts';
import { startText } from '../../blocks/organising.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import { channelProblem, prizesProblem, START_EXAMPLE, startSyntaxText } from '../../blocks/starting.ts';
import { openDialog } from '../../dialog.ts';
import { parseStart } from '../../start-syntax.ts';
import { startDraw } from '../../starting.ts';
import { whereAsked } from '../../where-asked.ts';
import { typedText } from '../text.ts';
import type { CommandHandler } from './types.ts';

/** Starts a draw; without prizes, opens the dialog that asks for them. */
export const start: CommandHandler = async (services, { rest, ...by }) => {
  const home = services.draws.home.channel;
  const asked = parseStart(rest);
  if (asked.kind !== 'ok') return [literalNote(startSyntaxText({ ...asked, text: typedText(asked.text) }))];
  const { seconds, channel } = asked;
  if (rest === '' || (asked.prizes.length === 0 && channel !== undefined && seconds === undefined)) {
    const typed = { prizes: undefined, duration: undefined, announceIn: channel ?? home };
    const dialog = startDialog({ from: by.channel, typed });
    const late = await openDialog(services.client, by.triggerId, dialog, START_EXAMPLE);
    return late ? [late] : [];
  }
  const prizes = asked.prizes.map(({ name, quantity }) => ({ name: typedText(name), quantity }));
  const outcome = await startDraw(services, by, { prizes, seconds, channel });
  if (outcome.kind === 'prizes') return [literalNote(prizesProblem(outcome.problem))];
  if (outcome.kind === 'channel') return [literalNote(channelProblem(outcome.problem))];
  const answer = note(startText(outcome));
  return [inDraw(answer, channel ?? home, whereAsked(services, by.channel))];
};
