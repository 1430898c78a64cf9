import { counted, note } from './parts.ts';
import { type Message, mrkdwn } from './text.ts';

/** Characters of a command; what is longer is no command that somebody typed. */
export const LONGEST_COMMAND = 8_000;

/**
 * What is answered to a command that is too long. It is not cut: what is left could mean something else.
 * @param length in characters
 */
export function tooLongAnswer(length: number): Message {
  const most = LONGEST_COMMAND.toLocaleString('en');
  return note(
    mrkdwn`This command is too long, so nothing was done: it has ${counted(length, 'character')}, and ${most} is the most. Make it shorter and send it again.`,
  );
}
