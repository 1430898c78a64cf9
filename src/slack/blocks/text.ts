import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { DISPLAY } from './limits.ts';

/** Text that is ready for a mrkdwn object: whatever others wrote in it has been made literal. */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/** A message as Slack takes it: `text` is what notifications and screen readers use. */
export interface Message {
  readonly text: string;
  readonly blocks: import('@slack/types').KnownBlock[];
}

/**
 * Shortens a text to `limit` characters, with an ellipsis where something was left out; white space runs become one
 * space. Never empty, as Slack refuses empty texts.
 */
export function shorten(text: string, limit: number): string {
  const line = text.toWellFormed().replace(/\s+/g, ' ').trim();
  if (line === '') return '(blank)';
  return line.length <= limit ? line : `${cut(line, limit - 1)}…`;
}

/** The first `limit` characters at most; never half of a surrogate pair, which is no character. */
export function cut(text: string, limit: number): string {
  return text
    .toWellFormed()
    .slice(0, limit)
    .replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * Text that Slack shows as it stands: no formatting, links, mentions or emoji codes. The one way to show what others
 * wrote.
 */
export function literal(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: shorten(text, limit), emoji: false };
}

/** Our own words as plain text, line breaks kept. */
export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}

/**
 * Our own words as mrkdwn. Each value put in is made literal, unless it is `Mrkdwn` already.
 * @example mrkdwn`Closes ${date(at)}, entered by ${name}`
 */
export function mrkdwn(words: TemplateStringsArray, ...values: ReadonlyArray<string | number | Mrkdwn>): Mrkdwn {
  return { mrkdwn: String.raw({ raw: words }, ...values.map(toMrkdwn)) };
}

/** Words of our own that come as a plain string. */
export function words(text: string): Mrkdwn {
  return { mrkdwn: escaped(text) };
}

/**
 * What others wrote, in bold; undefined where only rich text (`boldBlock`) can do that. An asterisk within could end the
 * bold text, and beside a word joiner or something invisible the marks of ours would be none.
 */
export function bold(text: string): Mrkdwn | undefined {
  const line = shorten(text, DISPLAY.inText);
  return BOLDABLE.test(line) ? { mrkdwn: `*${toMrkdwn(line)}*` } : undefined;
}

/** A mrkdwn text object. */
export function formatted(text: Mrkdwn): MrkdwnElement {
  return { type: 'mrkdwn', text: text.mrkdwn };
}

/** Mentions a member by the ID that Slack gave. */
export function mention(member: string): Mrkdwn {
  return /^[UW][A-Z0-9]+$/.test(member) ? { mrkdwn: `<@${member}>` } : { mrkdwn: toMrkdwn(member) };
}

/** A channel by its ID, as Slack shows it to those who may see it. */
export function channelLink(id: string): Mrkdwn {
  return /^[CG][A-Z0-9]+$/.test(id) ? { mrkdwn: `<#${id}>` } : { mrkdwn: toMrkdwn(id) };
}

/** A link to a GitHub user. */
export function githubLink(login: string): Mrkdwn {
  // What GitHub could not have as a login was written by another program, and leads nowhere.
  if (!/^[\w-]{1,39}$/.test(login)) return { mrkdwn: toMrkdwn(shorten(login, 39)) };
  return { mrkdwn: `<https://github.com/${login}|${toMrkdwn(login)}>` };
}

/** A link to a round of drand's chain quicknet, as one of its public addresses gives it. */
export function drandLink(round: number): Mrkdwn {
  const chain = '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971';
  return { mrkdwn: `<https://api.drand.sh/${chain}/public/${round}|drand round ${round}>` };
}

/** A time in the reader's own time zone. Source: docs.slack.dev, "Formatting dates". */
export function date(at: Date): Mrkdwn {
  const utc = at.toISOString().slice(0, 16).replace('T', ' ');
  return { mrkdwn: `<!date^${Math.round(at.getTime() / 1000)}^{date_short_pretty} at {time}|${utc} UTC>` };
}

/** Joins parts with a separator. */
export function join(parts: readonly Mrkdwn[], separator: string): Mrkdwn {
  return { mrkdwn: parts.map((part) => part.mrkdwn).join(separator) };
}

/** For `text` beside blocks, and for texts without blocks. Slack reads these as mrkdwn, too. */
export function fallback(text: Mrkdwn): string {
  return text.mrkdwn;
}

/**
 * Neither first nor last what `toMrkdwn` puts word joiners around, nor anything that cannot be seen; within, no asterisk
 * and nothing like a link or an entity.
 */
const BOLDABLE =
  /^(?!.*(?:[*<>]|&[\w#]))(?![_~`@#:.])[\p{L}\p{N}\p{P}\p{S}](?:.*[\p{L}\p{N}\p{P}\p{S}\p{M}])?(?<![_~`@#:.])$/u;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function toMrkdwn(value: string | number | Mrkdwn): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return value.mrkdwn;
  return (
    escaped(shorten(value, DISPLAY.inText))
      // Slack has no escape for what makes formatting, links, mentions, emoji and quotations; beside a word joiner
      // (U+2060) it makes none.
      .replace(/[*_~`@#:.]|&gt;/g, '\u2060$&\u2060')
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}
