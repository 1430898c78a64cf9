import { COMMAND } from '../ids.ts';
import { header, message, section } from './parts.ts';
import { join, type Message, mrkdwn } from './text.ts';

/** A line of the help. */
export interface HelpLine {
  readonly usage: string;
  readonly help: string;
}

/**
 * The commands that a person may use.
 * @param unknown what was typed instead of one of them
 */
export function helpAnswer(lines: readonly HelpLine[], unknown?: string): Message {
  const commands = lines.map(({ usage, help }) => mrkdwn`\`${COMMAND} ${usage}\`  ${help}`);
  const first = unknown === undefined ? [] : [section(mrkdwn`I do not know “${unknown}”. Here is what I do know:`)];
  return message(
    mrkdwn`The commands of the prize draw`,
    ...first,
    header('What you can type'),
    section(join(commands, '\n')),
  );
}
