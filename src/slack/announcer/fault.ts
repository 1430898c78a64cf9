import { webApi } from '@slack/bolt';
import { reasonOf, slackErrorOf } from '../refusal.ts';

/** Slack did not do what it was asked for in the announcement channel, or did not say that it did. */
export class ChannelFault extends Error {
  override readonly name = 'ChannelFault';
  /** What is wrong, in plain words, and what to do about it. */
  readonly problem: string;
  /** Whether it may have been done all the same. */
  readonly unsure: boolean;
  /** How long Slack wants to be left alone, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(cause: unknown, channelId: string) {
    const problem = explain(cause, channelId);
    super(problem, { cause });
    this.problem = problem;
    const limited = cause instanceof webApi.WebAPIRateLimitedError;
    const code = slackErrorOf(cause);
    this.unsure = !limited && (code === undefined || HALF_DONE.has(code));
    this.retryAfter = limited ? cause.retryAfter * 1000 : undefined;
  }
}

/**
 * Slack's words for a fault of its own, after which something may have been done all the same.
 * Source: docs.slack.dev, `chat.postMessage`, errors.
 */
const HALF_DONE = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Says in plain words why Slack took no announcement, and what to do. */
function explain(error: unknown, id: string): string {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return `Slack limits how often the bot may post; it asks to wait ${error.retryAfter} s.`;
  }
  const code = slackErrorOf(error);
  switch (code) {
    case 'not_in_channel':
    case 'channel_not_found':
      return `The bot is not in the announcement channel ${id}, or there is no such channel (${code}). Invite it there: /invite @prizedraw`;
    case 'is_archived':
      return `The announcement channel ${id} is archived. Set PRIZEDRAW_ANNOUNCE_CHANNEL to another, or unarchive it.`;
    case 'missing_scope':
      return 'The Slack app lacks a scope. Put the scopes of manifest.yml in its settings and install it again.';
    case 'invalid_auth':
    case 'account_inactive':
    case 'token_revoked':
    case 'token_expired':
      return `Slack no longer takes SLACK_BOT_TOKEN (${code}). Install the app again, and start the bot with the new token.`;
    case undefined:
      return `Slack did not answer as it should (${reasonOf(error)}).`;
    default:
      return `Slack refused an announcement in ${id}: ${code}.`;
  }
}
