import { COMMAND } from '../ids.ts';
import { DISPLAY } from './limits.ts';
import { context, header, literalSection, message, section } from './parts.ts';
import { join, type Message, mrkdwn, shorten, words } from './text.ts';

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
  const commands = lines.map(({ usage, help }) => mrkdwn`\`${words(COMMAND)} ${words(usage)}\`  ${words(help)}`);
  const first = unknown === undefined ? [] : [unknownNote(unknown)];
  return message(
    mrkdwn`The commands of the prize draw`,
    ...first,
    header('What you can type'),
    section(join(commands, '\n')),
    context(mrkdwn`Several draws at once? Say at the very end which you mean: \`in #channel\`.`),
  );
}

function unknownNote(typed: string) {
  return literalSection(`I do not know “${shorten(typed, DISPLAY.name)}”. Here is what I do know:`);
}
