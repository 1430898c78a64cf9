import { parseLogin } from '../../../draw/login.ts';
import { refusalText } from '../../blocks/entering.ts';
import { leaveAnswer } from '../../blocks/leaving.ts';
import { note } from '../../blocks/parts.ts';
import type { DrawCommandHandler } from './types.ts';

/** Takes back an entry: the one that is named, else the one that this member made. */
export const leave: DrawCommandHandler = async (_services, { rest, member }, draw) => {
  const login = rest === '' ? undefined : parseLogin(rest);
  if (rest !== '' && login === undefined) return [note(refusalText({ kind: 'not_an_id' }))];
  return [leaveAnswer(await draw.leave(member, login), login)];
};
