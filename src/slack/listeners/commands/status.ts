import { prizesAnswer, statusAnswer } from '../../blocks/status.ts';
import type { CommandHandler } from './types.ts';

/** How the draw stands, and whether this person is in or has won. */
export const status: CommandHandler = async ({ draw, now }, { member }) => {
  const seen = await draw.status(member);
  const wins = seen.state === 'DRAW_WON' && seen.logins.length > 0 ? await draw.wins() : [];
  const won = wins.filter(({ login }) => seen.logins.includes(login));
  return [statusAnswer(seen, won, now())];
};

/** The prizes. */
export const prizes: CommandHandler = async ({ draw }) => prizesAnswer(await draw.status());
