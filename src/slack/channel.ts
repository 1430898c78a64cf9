import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { TurnEnded } from '../announcements/lease.ts';
import type { Check, Mark, Messenger } from '../announcements/messenger.ts';
import { announcement } from './blocks/announcement.ts';
import { channelError } from './channel-error.ts';
import { slackErrorOf } from './refusal.ts';

/** What a message of ours carries, in Slack's metadata. */
const mark = z.object({ draw: z.string(), part: z.string() });

/** Slack's word for "there is no such message". Source: docs.slack.dev, `chat.update` and `chat.delete`, errors. */
const GONE = 'message_not_found';

/** Slack's words for "it is there, and stays as it is". Source: docs.slack.dev, `chat.update` and `chat.delete`, errors. */
const UNCHANGEABLE = new Set(['cant_update_message', 'edit_window_closed']);
const UNDELETABLE = new Set(['cant_delete_message', 'compliance_exports_prevent_deletion']);

/** Source: docs.slack.dev, "Message metadata". */
const EVENT = 'prizedraw_announcement';
const ours = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.literal(EVENT), event_payload: mark }),
});

/** Slack's clock and ours may differ by this much, in milliseconds. */
const CLOCKS = 5 * 60_000;

/** Messages in one page of a channel's history, and pages that are looked through. */
const PAGE = 200;
const PAGES = 50;

/**
 * Announces over Slack's Web API.
 * @param ask makes a client that asks Slack only once, and calls `check` just before: whoever asks again after a lost
 *   answer posts twice
 */
export function slackMessenger(ask: (check: Check) => webApi.WebClient): Messenger {
  const attempt = async <T>(channel: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw turnEndedIn(error) ?? channelError(error, channel);
    }
  };
  /** What Slack says of a message where the call is not carried out: it is not there, or stays as it is. */
  const attemptAt = (channel: string, call: () => Promise<unknown>): Promise<'done' | 'gone' | 'fixed'> =>
    attempt(channel, async () => {
      try {
        await call();
        return 'done';
      } catch (error) {
        const code = slackErrorOf(error) ?? '';
        if (code === GONE) return 'gone';
        if (UNCHANGEABLE.has(code) || UNDELETABLE.has(code)) return 'fixed';
        throw error;
      }
    });
  const metadata = (payload: Mark) => ({ event_type: EVENT, event_payload: { ...payload } });

  return {
    post: (channel, content, of, check) =>
      attempt(channel, async () => {
        const { ts } = await ask(check).chat.postMessage({
          channel,
          ...announcement(content),
          metadata: metadata(of),
          unfurl_links: false,
          unfurl_media: false,
        });
        if (ts === undefined) throw new Error('Slack did not say where the message is.');
        return ts;
      }),
    update: (channel, ts, content, of, check) =>
      attemptAt(channel, () =>
        ask(check).chat.update({ channel, ts, ...announcement(content), metadata: metadata(of) }),
      ),
    remove: async (channel, ts, check) =>
      (await attemptAt(channel, () => ask(check).chat.delete({ channel, ts }))) === 'fixed' ? 'stays' : 'gone',
    between: (channel, from, to) =>
      attempt(channel, () =>
        history(
          ask(() => {}),
          channel,
          from,
          to,
        ),
      ),
  };
}

/** Our messages of a channel between two times, in milliseconds since the epoch. */
async function history(
  client: webApi.WebClient,
  channel: string,
  from: number,
  to: number,
): Promise<readonly (Mark & { readonly ts: string })[]> {
  const found: (Mark & { readonly ts: string })[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await client.conversations.history({
      channel,
      oldest: String((from - CLOCKS) / 1000),
      latest: String((to + CLOCKS) / 1000),
      include_all_metadata: true,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    });
    for (const message of answer.messages ?? []) {
      const { data } = ours.safeParse(message);
      if (data) found.push({ ts: data.ts, ...data.metadata.event_payload });
    }
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return found;
  }
  throw new Error('The channel has too many messages to look through');
}

/** What `check` threw, which the client wraps in an error of its own. */
function turnEndedIn(error: unknown): TurnEnded | undefined {
  if (error instanceof TurnEnded) return error;
  if (!(error instanceof Error)) return undefined;
  const wrapped = 'original' in error ? error.original : error.cause;
  return wrapped instanceof TurnEnded ? wrapped : undefined;
}
