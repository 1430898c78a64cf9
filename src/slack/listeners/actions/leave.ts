import { parseLogin } from '../../../draw/login.ts';
import { leaveAnswer } from '../../blocks/leaving.ts';
import { drawOf } from '../../draw-ref.ts';
import type { Action } from './types.ts';

/** "Leave the draw": takes back the entry that the button names, else the one that this member made. */
export const leave: Action['handle'] = async (services, { draw, member, value }) => {
  const login = parseLogin(value.split(' ')[2] ?? '');
  const outcome = await drawOf(services.draws, draw).leave(member, login);
  return { messages: [leaveAnswer(outcome, login)], replaces: outcome.kind === 'left' };
};
