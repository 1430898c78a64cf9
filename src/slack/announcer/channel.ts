import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Message } from '../blocks/text.ts';
import { slackErrorOf } from '../refusal.ts';
import type { MessageAt, Posting } from './record.ts';

/** The announcement channel: posts messages there and changes them. */
export interface AnnouncementChannel {
  /** Posts a message that carries an ID, and says where it is. Never twice: a fault is for the caller to sort out. */
  post(message: Message, id: string): Promise<MessageAt>;
  /** Looks whether a message whose posting was cut off did arrive. */
  find(posting: Posting): Promise<MessageAt | undefined>;
  /** Changes a message in place; false when it cannot be changed any more (deleted, say). */
  update(at: MessageAt, message: Message): Promise<boolean>;
}

/** Slack's words for "there is no such message to change". Source: docs.slack.dev, `chat.update`. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']);

/** What a message of ours carries. Source: docs.slack.dev, "Message metadata". */
const EVENT = 'prizedraw_announcement';
const ours = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.literal(EVENT), event_payload: z.object({ id: z.string() }) }),
});

/** Slack's clock and ours may differ by this much, in milliseconds. */
const CLOCKS = 5 * 60_000;

/** Messages in one page of a channel's history, and pages that are looked through. */
const PAGE = 200;
const PAGES = 10;

/**
 * The channel with this ID, over Slack's Web API.
 * @param once a client that asks Slack only once: whoever asks again after a lost answer posts twice
 */
export function slackChannel(client: webApi.WebClient, once: webApi.WebClient, id: string): AnnouncementChannel {
  return {
    async post(message, postingId) {
      const { channel, ts } = await once.chat.postMessage({
        channel: id,
        ...message,
        metadata: { event_type: EVENT, event_payload: { id: postingId } },
        unfurl_links: false,
        unfurl_media: false,
      });
      if (channel === undefined || ts === undefined) throw new Error('Slack did not say where the message is.');
      return { channel, ts };
    },
    async find({ id: postingId, since }) {
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page++) {
        const history = await client.conversations.history({
          channel: id,
          oldest: String((since - CLOCKS) / 1000),
          include_all_metadata: true,
          limit: PAGE,
          ...(cursor ? { cursor } : {}),
        });
        for (const message of history.messages ?? []) {
          const { data } = ours.safeParse(message);
          if (data?.metadata.event_payload.id === postingId) return { channel: id, ts: data.ts };
        }
        cursor = history.response_metadata?.next_cursor;
        if (!cursor) return undefined;
      }
      return undefined;
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
