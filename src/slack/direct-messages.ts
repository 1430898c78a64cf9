import { webApi } from '@slack/bolt';
import type { Log } from '../log.ts';
import type { Message } from './blocks/text.ts';
import { slackErrorOf } from './refusal.ts';

/** Whether a direct message has reached a member. */
export type Told =
  | { readonly kind: 'told' }
  /** Slack took none; its word for why. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack did not answer: it may have arrived. */
  | { readonly kind: 'unsure' };

/** Sends a member a direct message, once: whatever comes of it, it is not sent again. Never throws. */
export type TellMember = (member: string, message: Message) => Promise<Told>;

/**
 * Tells members over Slack's Web API.
 * @param client one that asks Slack only once
 */
export function createTellMember(client: webApi.WebClient, log: Log): TellMember {
  return async (member, message) => {
    try {
      // Source: docs.slack.dev, `chat.postMessage`, "channel": a member's ID opens the direct message.
      await client.chat.postMessage({ channel: member, ...message, unfurl_links: false, unfurl_media: false });
      return { kind: 'told' };
    } catch (err) {
      log.warn({ err, member }, 'A direct message did not reach a member; whoever asked for it is told');
      const code = err instanceof webApi.WebAPIRateLimitedError ? 'ratelimited' : slackErrorOf(err);
      return code === undefined ? { kind: 'unsure' } : { kind: 'refused', code };
    }
  };
}
