import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Message } from '../blocks/text.ts';
import { slackErrorOf } from '../refusal.ts';
import { ChannelFault } from './fault.ts';
import { TurnEnded } from './lease.ts';

/** What a message of ours carries: of which draw it is, and which part of the announcements. */
const mark = z.object({ draw: z.string(), part: z.string() });
export type Mark = z.infer<typeof mark>;

/** Called at the very last moment before something is sent; what it throws keeps that from being sent. */
export type Check = () => void;

/** The announcement channel. Each method asks Slack once, and throws a `ChannelFault` or what `check` throws. */
export interface AnnouncementChannel {
  readonly id: string;
  /** Posts a message, and returns its timestamp. */
  post(message: Message, mark: Mark, check: Check): Promise<string>;
  /** Changes a message in place; false when it cannot be changed any more (deleted, say). */
  update(ts: string, message: Message, mark: Mark, check: Check): Promise<boolean>;
  /** Deletes a message, if it is there. */
  remove(ts: string, check: Check): Promise<void>;
  /** The messages of ours that were posted between two times, in milliseconds since the epoch. */
  between(from: number, to: number): Promise<readonly (Mark & { readonly ts: string })[]>;
}

/** Slack's words for "there is no such message to change". Source: docs.slack.dev, `chat.update` and `chat.delete`. */
const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'cant_delete_message',
  'edit_window_closed',
  'channel_not_found',
]);

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
 * The channel with this ID, over Slack's Web API.
 * @param ask makes a client that asks Slack only once, and calls `check` just before: whoever asks again after a lost
 *   answer posts twice
 */
export function slackChannel(ask: (check: Check) => webApi.WebClient, id: string): AnnouncementChannel {
  const attempt = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw turnEndedIn(error) ?? new ChannelFault(error, id);
    }
  };
  /** False where the message is not there any more. */
  const attemptAt = (call: () => Promise<unknown>): Promise<boolean> =>
    attempt(() =>
      call().then(
        () => true,
        (error: unknown) => {
          if (GONE.has(slackErrorOf(error) ?? '')) return false;
          throw error;
        },
      ),
    );
  const metadata = (payload: Mark) => ({ event_type: EVENT, event_payload: { ...payload } });

  return {
    id,
    post: (message, of, check) =>
      attempt(async () => {
        const { ts } = await ask(check).chat.postMessage({
          channel: id,
          ...message,
          metadata: metadata(of),
          unfurl_links: false,
          unfurl_media: false,
        });
        if (ts === undefined) throw new Error('Slack did not say where the message is.');
        return ts;
      }),
    update: (ts, message, of, check) =>
      attemptAt(() => ask(check).chat.update({ channel: id, ts, ...message, metadata: metadata(of) })),
    remove: async (ts, check) => void (await attemptAt(() => ask(check).chat.delete({ channel: id, ts }))),
    between: (from, to) =>
      attempt(async () => {
        const found: (Mark & { readonly ts: string })[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < PAGES; page++) {
          const history = await ask(() => {}).conversations.history({
            channel: id,
            oldest: String((from - CLOCKS) / 1000),
            latest: String((to + CLOCKS) / 1000),
            include_all_metadata: true,
            limit: PAGE,
            ...(cursor ? { cursor } : {}),
          });
          for (const message of history.messages ?? []) {
            const { data } = ours.safeParse(message);
            if (data) found.push({ ts: data.ts, ...data.metadata.event_payload });
          }
          cursor = history.response_metadata?.next_cursor;
          if (!cursor) return found;
        }
        throw new Error('The channel has too many messages to look through');
      }),
  };
}

/** What `check` threw, which the client wraps in an error of its own. */
function turnEndedIn(error: unknown): TurnEnded | undefined {
  if (error instanceof TurnEnded) return error;
  if (!(error instanceof Error)) return undefined;
  const wrapped = 'original' in error ? error.original : error.cause;
  return wrapped instanceof TurnEnded ? wrapped : undefined;
}
