import { CHANNEL_TWICE, channelNameText } from './blocks/starting.ts';

/** What a text says at its end of the channel in which the draw is. */
export type InChannel =
  | { readonly kind: 'none'; readonly rest: string }
  | { readonly kind: 'channel'; readonly rest: string; readonly channel: string }
  /** A name that Slack did not turn into a channel. */
  | { readonly kind: 'name'; readonly name: string }
  /** There are two of these. */
  | { readonly kind: 'twice' };

/**
 * `in`, and Slack's own form of a channel (`<#C0123|general>` or `<#C0123>`), a bare ID, or a name. Source: docs.slack.dev,
 * "Formatting text".
 */
const AT_END =
  /(?:^|\s)[Ii][Nn]\s+(?:<#([CG][A-Z0-9]{2,})(?:\|[^<>]*)?>|([CG](?=[A-Z]*\d)[A-Z0-9]{2,})|(#[^\s<>"]+))\s*$/;

/**
 * Reads `in #channel` at the very end of a command's text.
 * @param text as Slack sent it, its entities not yet decoded
 */
export function parseInChannel(text: string): InChannel {
  const match = AT_END.exec(text);
  if (match === null) return { kind: 'none', rest: text };
  const rest = text.slice(0, match.index).trimEnd();
  const [, link, id, name] = match;
  const channel = link ?? id;
  if (AT_END.test(rest)) return { kind: 'twice' };
  return channel === undefined ? { kind: 'name', name: name ?? '' } : { kind: 'channel', rest, channel };
}

/** A command's text without the channel at its end, and that channel; or, in plain text, why it is not clear which is meant. */
export type AskedIn =
  | { readonly problem: undefined; readonly rest: string; readonly named: string | undefined }
  | { readonly problem: string };

/** Reads a command's text, as Slack sent it. */
export function readAskedIn(text: string): AskedIn {
  const asked = parseInChannel(text);
  if (asked.kind === 'twice') return { problem: CHANNEL_TWICE };
  if (asked.kind === 'name') return { problem: channelNameText(asked.name) };
  return { problem: undefined, rest: asked.rest, named: asked.kind === 'channel' ? asked.channel : undefined };
}
