import { webApi } from '@slack/bolt';
import { ChannelError } from '../announcements/messenger.ts';
import { reasonOf, slackErrorOf } from './refusal.ts';

/** Tells what an error of Slack's means for a channel: what is wrong, and whether it may have been done all the same. */
export function channelError(cause: unknown, channelId: string): ChannelError {
  const isLimited = cause instanceof webApi.WebAPIRateLimitedError;
  const code = slackErrorOf(cause);
  return new ChannelError(explain(cause, channelId), {
    isUnsure: !isLimited && (code === undefined || HALF_DONE.has(code)),
    retryAfter: isLimited ? cause.retryAfter * 1000 : undefined,
    isOfMessage: OF_MESSAGE.has(code ?? ''),
    cause,
  });
}

/**
 * Slack's words for a fault of its own, after which something may have been done all the same.
 * Source: docs.slack.dev, `chat.postMessage`, errors.
 */
const HALF_DONE = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Slack's words for what is wrong with one message. Source: docs.slack.dev, `chat.postMessage`, errors. */
const OF_MESSAGE = new Set([
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
  'no_text',
]);

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
      return `The announcement channel ${id} is archived. Unarchive it, or announce elsewhere (the home channel: PRIZEDRAW_ANNOUNCE_CHANNEL).`;
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
    case 'is_read_only':
      return `The bot may not post in the announcement channel ${id}, as not everybody may (${code}). Let it post there: the channel’s settings, Posting permissions; or announce elsewhere (the home channel: PRIZEDRAW_ANNOUNCE_CHANNEL).`;
    case 'restricted_action_thread_only_channel':
    case 'restricted_action_thread_locked':
    case 'restricted_action_non_threadable_channel':
      return `The announcement channel ${id} does not take messages of its own everywhere, such as only replies in threads (${code}). Change that in the channel’s settings, or announce elsewhere (the home channel: PRIZEDRAW_ANNOUNCE_CHANNEL).`;
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
