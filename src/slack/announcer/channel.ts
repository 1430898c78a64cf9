import type { webApi } from '@slack/bolt';
import type { Message } from '../blocks/text.ts';
import { slackErrorOf } from '../refusal.ts';
import type { MessageAt } from './record.ts';

/** The announcement channel: posts messages there and changes them. */
export interface AnnouncementChannel {
  /** Posts a message and says where it is. */
  post(message: Message): Promise<MessageAt>;
  /** Changes a message in place; false when it cannot be changed any more (deleted, say). */
  update(at: MessageAt, message: Message): Promise<boolean>;
}

/** Slack's words for "there is no such message to change". Source: docs.slack.dev, `chat.update`. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']);

/** The channel with this ID, over Slack's Web API. */
export function slackChannel(client: webApi.WebClient, id: string): AnnouncementChannel {
  return {
    async post(message) {
      const { channel, ts } = await client.chat.postMessage({
        channel: id,
        ...message,
        unfurl_links: false,
        unfurl_media: false,
      });
      if (channel === undefined || ts === undefined) throw new Error('Slack did not say where the message is.');
      return { channel, ts };
    },
    async update({ channel, ts }, message) {
      // A message in the channel of an earlier configuration stays as it is.
      if (channel !== id) return false;
      try {
        await client.chat.update({ channel, ts, ...message });
        return true;
      } catch (error) {
        if (GONE.has(slackErrorOf(error) ?? '')) return false;
        throw error;
      }
    },
  };
}

/**
 * Says in plain words why Slack took no announcement, and what to do.
 * @param id the channel's ID
 */
export function explain(error: unknown, id: string): string {
  const code = slackErrorOf(error);
  switch (code) {
    case 'not_in_channel':
    case 'channel_not_found':
      return `The bot is not in the announcement channel ${id}, or there is no such channel (${code}). Invite it there: /invite @prizedraw`;
    case 'is_archived':
      return `The announcement channel ${id} is archived. Set PRIZEDRAW_ANNOUNCE_CHANNEL to another, or unarchive it.`;
    case 'missing_scope':
      return 'The Slack app lacks a scope. Put the scopes of manifest.yml in its settings and install it again.';
    case undefined:
      return `Announcing failed: ${error instanceof Error ? error.message : String(error)}`;
    default:
      return `Slack refused an announcement in ${id}: ${code}.`;
  }
}
