import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { TurnEnded } from '../announcements/lease.ts';
import type { Check, Mark, Messenger, Page, Window } from '../announcements/messenger.ts';
import { announcement } from './blocks/announcement.ts';
import { channelError } from './channel-error.ts';
import { slackErrorOf } from './refusal.ts';
import type { SlackTime } from './slack-time.ts';

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

/** What the time of Slack's answers and that of its messages may differ by, in milliseconds; both are Slack's. */
const MARGIN = 60_000;

/** Messages in one page of a channel's history; Slack may give fewer. */
const PAGE = 200;

/**
 * Announces over Slack's Web API.
 * @param ask makes a client that asks Slack only once, and calls `check` just before: whoever asks again after a lost
 *   answer posts twice
 * @param time takes note of the answers that these clients get
 */
export function slackMessenger(ask: (check: Check) => webApi.WebClient, time: SlackTime): Messenger {
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
  const asking = (): webApi.WebClient => ask(() => {});
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
    between: (channel, window) => attempt(channel, () => page(asking(), channel, window)),
    clock: async (channel) => {
      if (time.now() === undefined) {
        await attempt(channel, () => asking().auth.test()).catch((error: unknown) => {
          // A refusal says what time it is as well.
          if (time.now() === undefined) throw error;
        });
      }
      return () => time.now() ?? Date.now();
    },
  };
}

/**
 * One page of a channel's history, the newest first. It goes on by the timestamps of messages and not by Slack's cursors,
 * which may run out while a rate limit is waited for. Source: docs.slack.dev, `conversations.history`, "oldest", "latest".
 */
async function page(client: webApi.WebClient, channel: string, { from, to, before }: Window): Promise<Page> {
  const { messages = [], has_more: hasMore } = await client.conversations.history({
    channel,
    oldest: String((from - MARGIN) / 1000),
    latest: before ?? String((to + MARGIN) / 1000),
    include_all_metadata: true,
    limit: PAGE,
  });
  const found = messages.flatMap((message) => {
    const { data } = ours.safeParse(message);
    return data ? [{ ts: data.ts, ...data.metadata.event_payload }] : [];
  });
  return { messages: found, next: hasMore ? messages.at(-1)?.ts : undefined };
}

/** What `check` threw, which the client wraps in an error of its own. */
function turnEndedIn(error: unknown): TurnEnded | undefined {
  if (error instanceof TurnEnded) return error;
  if (!(error instanceof Error)) return undefined;
  const wrapped = 'original' in error ? error.original : error.cause;
  return wrapped instanceof TurnEnded ? wrapped : undefined;
}
