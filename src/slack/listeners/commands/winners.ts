import { winnersAnswer } from '../../blocks/winners.ts';
import type { CommandHandler } from './types.ts';

/** The winners of the last draw. */
export const winners: CommandHandler = async ({ draw }, { member }) => {
  const [seen, { logins }] = await Promise.all([draw.winners(), draw.status(member)]);
  return winnersAnswer(seen, logins);
};
