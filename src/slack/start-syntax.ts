import { parseDuration } from '../draw/duration.ts';
import type { GivenPrize } from '../draw/prizes.ts';
import { parseInChannel } from './in-channel.ts';
import { parseQuotedPrizes } from './prizes-syntax.ts';

export type StartSyntax =
  | {
      readonly kind: 'ok';
      /** Their names as Slack sent them. */
      readonly prizes: readonly GivenPrize[];
      readonly seconds: number | undefined;
      /** The ID of the channel that was named. */
      readonly channel: string | undefined;
    }
  /** Something stands outside of the quotes. */
  | { readonly kind: 'stray'; readonly text: string }
  | { readonly kind: 'not_a_duration' | 'too_short' | 'too_long'; readonly text: string }
  /** A prize has a quantity before it and another one behind. */
  | { readonly kind: 'two_quantities'; readonly text: string }
  /** A clause stands there twice. */
  | { readonly kind: 'twice'; readonly text: string }
  /** A name that Slack did not turn into a channel. */
  | { readonly kind: 'channel_name'; readonly text: string };

/**
 * Reads `"Prize A" 3x "Prize B" for 1h30m in #channel`: the prizes, and after them, in any order, how long and where.
 * @param text as Slack sent it
 */
export function parseStart(text: string): StartSyntax {
  const quoted = parseQuotedPrizes(text);
  if (quoted.kind !== 'ok') return quoted;
  // Whatever is left without the prizes must be the clauses, all in one place.
  const stray = quoted.others.slice(0, -1).join(' ');
  if (stray !== '') return { kind: 'stray', text: stray };
  const clauses = quoted.others.at(-1) ?? '';
  const { prizes } = quoted;
  return parseClauses(clauses, clauses, { kind: 'ok', prizes, seconds: undefined, channel: undefined });
}

/**
 * Reads clauses from the end on.
 * @param all all of them, to be shown where something is none
 */
function parseClauses(all: string, clauses: string, read: Extract<StartSyntax, { kind: 'ok' }>): StartSyntax {
  if (clauses === '') return read;
  const where = parseInChannel(clauses);
  if (where.kind === 'twice') return { kind: 'twice', text: 'in' };
  if (where.kind === 'name') return { kind: 'channel_name', text: where.name };
  if (where.kind === 'channel') {
    if (read.channel !== undefined) return { kind: 'twice', text: 'in' };
    return parseClauses(all, where.rest, { ...read, channel: where.channel });
  }
  const [, before = '', asked = ''] = /^(?:(.*)\s)?for(?:\s+(.*))?$/is.exec(clauses) ?? [];
  if (!/(?:^|\s)for(?:\s|$)/i.test(clauses)) return { kind: 'stray', text: all };
  const parsed = parseDuration(asked);
  if (parsed.kind !== 'ok') return { kind: parsed.kind, text: asked };
  if (read.seconds !== undefined) return { kind: 'twice', text: 'for' };
  return parseClauses(all, before.trim(), { ...read, seconds: parsed.seconds });
}
