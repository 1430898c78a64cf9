import { context, list, message, note, peopleEntered, section } from './parts.ts';
import { type Message, mrkdwn } from './text.ts';

/** Who has entered, for an organiser; a long list is shortened, and what is left out is counted. */
export function entrantsAnswer(entrants: readonly string[]): Message {
  if (entrants.length === 0) return note(mrkdwn`Nobody is entered at the moment. See the state with /prizedraw admin.`);
  const title = mrkdwn`👥 ${peopleEntered(entrants.length)}:`;
  const next = context(mrkdwn`Pick the winners among them with \`/prizedraw pick\`.`);
  return message(title, section(title), list(entrants, 'entrants'), next);
}
