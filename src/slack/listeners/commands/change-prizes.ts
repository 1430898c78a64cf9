import { type PrizesResult, parsePrizes } from '../../../draw/prizes.ts';
import { prizesSyntaxText } from '../../blocks/change-syntax.ts';
import { addText, dropText } from '../../blocks/changing.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import { prizesProblem } from '../../blocks/starting.ts';
import { parseQuotedPrizes } from '../../prizes-syntax.ts';
import { typedText } from '../text.ts';
import type { DrawCommandHandler } from './types.ts';

/** Adds prizes to the draw. */
export const add: DrawCommandHandler = async ({ organiser }, request, draw) => {
  const read = prizesIn(request.rest);
  if (read.kind !== 'ok') return [literalNote(problemOf(read, 'add'))];
  return [note(addText(await organiser.addPrizes(request, draw, read.prizes), read.prizes))];
};

/** Takes prizes out of the draw. */
export const drop: DrawCommandHandler = async ({ organiser }, request, draw) => {
  const read = prizesIn(request.rest);
  if (read.kind !== 'ok') return [literalNote(problemOf(read, 'drop'))];
  return [note(dropText(await organiser.dropPrizes(request, draw, read.prizes), read.prizes))];
};

/** The prizes that were typed, as a start takes them; anything else is not taken. */
function prizesIn(rest: string): PrizesResult {
  const asked = parseQuotedPrizes(rest);
  if (asked.kind !== 'ok' || asked.others.length > 0) return { kind: 'none' };
  return parsePrizes(asked.prizes.map((prize) => ({ ...prize, name: typedText(prize.name) })));
}

function problemOf(read: Exclude<PrizesResult, { kind: 'ok' }>, name: 'add' | 'drop'): string {
  return read.kind === 'none' ? prizesSyntaxText(name) : prizesProblem(read);
}
