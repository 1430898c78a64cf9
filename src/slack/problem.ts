import { type Log, requestId } from '../log.ts';
import { problemText } from './blocks/problem.ts';
import type { Mrkdwn } from './blocks/text.ts';

/**
 * Turns what nobody expected into words: the one place where an exception becomes a message. The log has the error
 * under the same ID.
 */
export function apologise(log: Log, err: unknown): Mrkdwn {
  const id = requestId();
  log.error({ err, request: id }, 'A request failed');
  return problemText(id);
}
