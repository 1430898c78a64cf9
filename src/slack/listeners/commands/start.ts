import { parsePrizes } from '../../../draw/prizes.ts';
import { startDialog } from '../../blocks/dialogs.ts';
import { notAllowedText, startText } from '../../blocks/organising.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import { prizesProblem, startSyntaxText } from '../../blocks/starting.ts';
import { parseStart } from '../../start-syntax.ts';
import { decodeEntities } from '../text.ts';
import type { CommandHandler } from './types.ts';

/** Starts a draw; without prizes, opens the dialog that asks for them. */
export const start: CommandHandler = async ({ organiser, mayOrganise, client }, { rest, channel, triggerId }) => {
  if (!mayOrganise(channel)) return [note(notAllowedText())];
  if (rest === '') {
    await client.views.open({ trigger_id: triggerId, view: startDialog(channel) });
    return [];
  }
  const asked = parseStart(decodeEntities(rest));
  if (asked.kind !== 'ok') return [literalNote(startSyntaxText(asked))];
  const prizes = parsePrizes(asked.prizes);
  if (prizes.kind !== 'ok') return [literalNote(prizesProblem(prizes))];
  return [note(startText(await organiser.start(channel, prizes.prizes, asked.seconds)))];
};
