import { short } from '../../draw/fair/short.ts';
import { actions, BUTTONS, context, counted, header, list, message, peopleEntered, section } from './parts.ts';
import { date, drandLink, type Message, mrkdwn, words } from './text.ts';

/** What the announcement of a draw says. */
export interface Announcement {
  readonly prizes: readonly string[];
  readonly entrants: number;
  /** When the timer closes the draw; undefined: when an organiser closes it. */
  readonly closesAt: Date | undefined;
}

/** The announcement while the draw takes entries, with the button. */
export function openAnnouncement({ prizes, entrants, closesAt }: Announcement): Message {
  const closing = closesAt ? mrkdwn`Closes ${date(closesAt)}` : mrkdwn`Open until an organiser closes it`;
  return message(
    mrkdwn`A prize draw is open: ${counted(prizes.length, 'prize')} to win.`,
    header('🎁 A prize draw is open'),
    section(mrkdwn`*${counted(prizes.length, 'prize')} to win*`),
    list(prizes, 'prizes'),
    section(mrkdwn`🕒 ${closing}\n👥 ${peopleEntered(entrants)}`),
    actions(BUTTONS.enter),
    section(mrkdwn`Enter with your GitHub ID: press the button, or type \`/prizedraw enter your-github-id\`.`),
  );
}

/** What is laid down before the winners are picked. */
export interface Drawing {
  readonly entrants: number;
  readonly entrantsDigest: string;
  readonly prizes: number;
  readonly prizesDigest: string;
  readonly round: number;
}

/** That the winners are being picked, from whom, and which round of the beacon decides. */
export function drawingAnnouncement({ entrants, entrantsDigest, prizes, prizesDigest, round }: Drawing): Message {
  return message(
    mrkdwn`Drawing from ${counted(entrants, 'entrant')} with drand round ${round}.`,
    section(
      mrkdwn`🎲 Drawing from ${counted(entrants, 'entrant')} for ${counted(prizes, 'prize')} with ${drandLink(round)}, in a few seconds.`,
    ),
    context(
      mrkdwn`Laid down before: entrants \`${short(entrantsDigest)}\`, prizes \`${short(prizesDigest)}\`. Anyone can check the pick afterwards: \`/prizedraw verify\``,
    ),
  );
}

/** Nobody can win where nobody has entered. */
const NOBODY = 'Nobody has entered, so nobody wins. Watch for the next draw.';

/** The same announcement once the draw has closed. */
export function closedAnnouncement({ prizes, entrants }: Announcement, won: boolean): Message {
  const next = words(won ? 'The winners are out.' : entrants === 0 ? NOBODY : 'The winners will be announced here.');
  const count = entrants === 0 && !won ? words('') : mrkdwn`\n👥 ${peopleEntered(entrants).replace(' yet', '')}`;
  return message(
    mrkdwn`The prize draw is closed. ${next}`,
    header('🎁 Prize draw: closed'),
    section(mrkdwn`*${counted(prizes.length, 'prize')}*`),
    list(prizes, 'prizes'),
    section(mrkdwn`🔒 This draw is closed. ${next}${count}`),
  );
}
