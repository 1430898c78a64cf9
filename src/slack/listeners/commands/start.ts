import { parsePrizes } from '../../../draw/prizes.ts';
import { startDialog } from '../../blocks/dialogs.ts';
import { notAllowedText, startText } from '../../blocks/organising.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import { prizesProblem, START_EXAMPLE, startSyntaxText } from '../../blocks/starting.ts';
import { openDialog } from '../../dialog.ts';
import { parseStart } from '../../start-syntax.ts';
import { decodeEntities } from '../text.ts';
import type { CommandHandler } from './types.ts';

/** Starts a draw; without prizes, opens the dialog that asks for them. */
export const start: CommandHandler = async ({ organiser, mayOrganise, client }, { rest, ...by }) => {
  if (!mayOrganise(by.channel)) return [note(notAllowedText())];
  if (rest === '') {
    const late = await openDialog(client, by.triggerId, startDialog(by.channel), START_EXAMPLE);
    return late ? [late] : [];
  }
  const asked = parseStart(decodeEntities(rest));
  if (asked.kind !== 'ok') return [literalNote(startSyntaxText(asked))];
  const prizes = parsePrizes(asked.prizes);
  if (prizes.kind !== 'ok') return [literalNote(prizesProblem(prizes))];
  return [note(startText(await organiser.start(by, prizes.prizes, asked.seconds)))];
};
