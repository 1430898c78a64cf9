import { type Mrkdwn, mrkdwn } from './text.ts';

/**
 * What a person is told when something went wrong that nobody expected.
 * @param id the request's ID, which is in the log too
 */
export function problemText(id: string): Mrkdwn {
  return mrkdwn`Sorry, something went wrong on our side. Try again in a minute; if it stays so, tell an organiser this ID: ${id}.`;
}
