import { prizesAnswer, statusAnswer } from '../../blocks/status.ts';
import type { DrawCommandHandler } from './types.ts';

/** How the draw stands, and whether this person is in or has won. */
export const status: DrawCommandHandler = async ({ now }, { member }, draw) => {
  const seen = await draw.status(member);
  const wins = seen.state === 'DRAW_WON' && seen.logins.length > 0 ? await draw.wins() : [];
  const won = wins.filter(({ login }) => seen.logins.includes(login));
  return [statusAnswer(seen, { channel: draw.channel, id: seen.drawId || undefined }, won, now())];
};

/** The prizes. */
export const prizes: DrawCommandHandler = async (_services, _request, draw) => prizesAnswer(await draw.status());
