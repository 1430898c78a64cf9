import type { HowDrawn } from '../../announcements/desired.ts';
import { counted } from './parts.ts';
import { drandLink, type Mrkdwn, mrkdwn, words } from './text.ts';

/** Room for the text that says how the winners were drawn, in characters. */
export const HOW_TEXT = 550;

/** How the winners were drawn, and how to check. */
export function howText({ by, isFallback, round, entrants, digest, inTime, addedLater }: HowDrawn): Mrkdwn {
  const from = words(`${addedText(addedLater)}Drawn from ${counted(entrants, 'entrant')}`);
  if (by === 'spop') return mrkdwn`${from} by Redis’s SPOP, which nobody can check.`;
  const check = mrkdwn`Check it: \`/prizedraw verify\`, \`/prizedraw proof\` (record ${words(digest)}).`;
  if (round !== null) {
    const late = words(
      inTime === false
        ? 'Slack did not take the numbers of this draw before that round was out, so nobody could see them beforehand. '
        : '',
    );
    return mrkdwn`${from} with ${drandLink(round)}. ${late}${check}`;
  }
  const local = words(
    isFallback
      ? 'The randomness beacon drand did not give its round in time, so the seed of this draw is local: the bot made it itself.'
      : 'The seed of this draw is local: the bot made it itself.',
  );
  return mrkdwn`${from}. ${local} ${check}`;
}

/** Winners whom another program added are not part of our pick. */
function addedText(count: number): string {
  if (count === 0) return '';
  return `Another program added ${counted(count, 'winner')} afterwards; what follows is true of the others only. `;
}
