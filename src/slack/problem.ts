import { Unreadable } from '../draw/unreadable.ts';
import type { RequestLog } from '../log.ts';
import { newerText, problemText } from './blocks/problem.ts';
import type { Mrkdwn } from './blocks/text.ts';

/**
 * Turns what nobody expected into words: the one place where an exception becomes a message. The log has the error
 * under the same ID.
 */
export function apologise(log: RequestLog, err: unknown): Mrkdwn {
  if (err instanceof Unreadable) {
    log.warn({ err }, 'A request is about a draw that this version of the bot cannot read');
    return newerText();
  }
  log.error({ err }, 'A request failed');
  return problemText(log.requestId);
}
