import { parseLogin } from '../../../draw/login.ts';
import { parseBecause } from '../../because.ts';
import { REMOVE_SYNTAX } from '../../blocks/change-syntax.ts';
import { literalNote, note } from '../../blocks/parts.ts';
import { removedMessage, removeText } from '../../blocks/removing.ts';
import { typedText } from '../text.ts';
import type { DrawCommandHandler } from './types.ts';

/** Takes an entrant out of the draw, and tells the member who had entered it. */
export const remove: DrawCommandHandler = async ({ organiser, tellMember }, request, draw) => {
  const { before, reason } = parseBecause(request.rest);
  const login = parseLogin(before);
  if (login === undefined) return [literalNote(REMOVE_SYNTAX)];
  const outcome = await organiser.remove(request, draw, login);
  const member = outcome.kind === 'removed' ? outcome.member : undefined;
  const told = member && (await tellMember(member, removedMessage(login, draw.channel, typedText(reason))));
  return [note(removeText(outcome, login, told || undefined))];
};
