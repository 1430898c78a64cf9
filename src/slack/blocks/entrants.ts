import type { Entrants } from '../../draw/entrants.ts';
import { DISPLAY } from './limits.ts';
import { context, list, message, note, peopleEntered, section } from './parts.ts';
import { type Message, mrkdwn } from './text.ts';

/** Who has entered, for an organiser; of a long list, some are shown, and all are counted. */
export function entrantsAnswer({ count, logins }: Entrants): Message {
  if (count === 0) return note(mrkdwn`Nobody is entered at the moment. See the state with /prizedraw admin.`);
  const title =
    count > logins.length ? mrkdwn`👥 ${peopleEntered(count)}. Some of them:` : mrkdwn`👥 ${peopleEntered(count)}:`;
  const next = context(mrkdwn`Pick the winners among them with \`/prizedraw pick\`.`);
  return message(
    title,
    section(title),
    list(logins, 'entrants', DISPLAY.list, (shown) => count - shown),
    next,
  );
}
