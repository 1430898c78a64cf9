import { parseBecause } from '../../because.ts';
import { CANCEL_SYNTAX } from '../../blocks/change-syntax.ts';
import { cancelText } from '../../blocks/changing.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import { typedText } from '../text.ts';
import type { DrawCommandHandler } from './types.ts';

/** Cancels the draw. */
export const cancel: DrawCommandHandler = async ({ organiser }, request, draw) => {
  const { before, reason } = parseBecause(request.rest);
  if (before !== '') return [literalNote(CANCEL_SYNTAX)];
  return [note(cancelText(await organiser.cancel(request, draw, typedText(reason))))];
};
