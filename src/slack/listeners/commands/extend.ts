import { parseDuration } from '../../../draw/duration.ts';
import { extendSyntaxText } from '../../blocks/change-syntax.ts';
import { extendText } from '../../blocks/changing.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import { typedText } from '../text.ts';
import type { DrawCommandHandler } from './types.ts';

/** Has the draw close later. */
export const extend: DrawCommandHandler = async ({ organiser }, request, draw) => {
  const typed = typedText(request.rest).trim();
  const by = parseDuration(typed);
  if (by.kind !== 'ok') return [literalNote(extendSyntaxText(by.kind, typed))];
  return [note(extendText(await organiser.extend(request, draw, by.seconds)))];
};
