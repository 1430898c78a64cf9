import type { KnownBlock } from '@slack/types';
import { COMMAND } from '../ids.ts';
import { DISPLAY } from './limits.ts';
import { context, header, literalSection, message, section } from './parts.ts';
import { join, type Message, mrkdwn, shorten, words } from './text.ts';

/** A line of the help. */
export interface HelpLine {
  readonly usage: string;
  readonly help: string;
  /** For whom it is. */
  readonly who: 'anyone' | 'organisers';
}

/**
 * The commands that a person may use: those for everybody, and those for organisers.
 * @param unknown what was typed instead of one of them
 */
export function helpAnswer(lines: readonly HelpLine[], unknown?: string): Message {
  const first = unknown === undefined ? [] : [unknownNote(unknown)];
  const forOrganisers = lines.filter(({ who }) => who === 'organisers');
  return message(
    mrkdwn`The commands of the prize draw`,
    ...first,
    header('What you can type'),
    ...commands(lines.filter(({ who }) => who === 'anyone')),
    ...(forOrganisers.length > 0 ? [section(mrkdwn`*For organisers, in this channel*`)] : []),
    ...commands(forOrganisers),
    context(mrkdwn`Several draws at once? Say at the very end which you mean: \`in #channel\`.`),
  );
}

function commands(lines: readonly HelpLine[]): readonly KnownBlock[] {
  if (lines.length === 0) return [];
  const each = lines.map(({ usage, help }) => mrkdwn`\`${words(COMMAND)} ${words(usage)}\`  ${words(help)}`);
  return [section(join(each, '\n'))];
}

function unknownNote(typed: string) {
  return literalSection(`I do not know “${shorten(typed, DISPLAY.name)}”. Here is what I do know:`);
}
