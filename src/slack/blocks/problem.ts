import { type Mrkdwn, mrkdwn } from './text.ts';

/**
 * What a person is told when something went wrong that nobody expected.
 * @param id the request's ID, which is in the log too
 */
export function problemText(id: string): Mrkdwn {
  return mrkdwn`Sorry, something went wrong on our side. Try again in a minute; if it stays so, tell an organiser this ID: ${id}.`;
}

/** What a person is told whose request is about a draw that only a newer version of the bot can read. */
export function newerText(): Mrkdwn {
  return mrkdwn`This draw is run by a newer version of the bot, which this one does not know, so nothing was done. Try again in a minute; if it stays so, tell an organiser that an old version of the bot is still running.`;
}
