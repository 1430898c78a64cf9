import { winnersAnswer } from '../../blocks/winners.ts';
import type { DrawCommandHandler } from './types.ts';

/** The winners of the last draw. */
export const winners: DrawCommandHandler = async (_services, { member, log }, draw) => {
  const [seen, { logins }] = await Promise.all([draw.winners(log.requestId), draw.status(member)]);
  return winnersAnswer(seen, logins);
};
