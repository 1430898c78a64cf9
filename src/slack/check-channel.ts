import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { slackErrorOf } from './refusal.ts';

/** Whether the bot can announce in a channel. */
export type ChannelCheck =
  | { readonly kind: 'ok' }
  | { readonly kind: 'not_there' | 'archived' | 'read_only' | 'threads_only' | 'unknown' };

/** Asks Slack whether the bot can announce in the channel with this ID. */
export type CheckChannel = (channel: string) => Promise<ChannelCheck>;

/** How long Slack may take to say so, in milliseconds: somebody waits for the answer. */
const TIMEOUT = 4_000;

/** Asks over Slack's Web API; `unknown` where the answer takes too long. */
export function createCheckChannel(client: webApi.WebClient): CheckChannel {
  return async (channel) => {
    const enough = new AbortController();
    const silent = sleep(TIMEOUT, { kind: 'unknown' } as const, { signal: enough.signal });
    try {
      return await Promise.race([ask(client, channel), silent]);
    } finally {
      enough.abort();
    }
  };
}

/** Source: docs.slack.dev, "Conversation object" and `conversations.info`, errors. */
async function ask(client: webApi.WebClient, channel: string): Promise<ChannelCheck> {
  try {
    const info = await client.conversations.info({ channel });
    if (info.channel?.is_archived) return { kind: 'archived' };
    if (info.channel?.is_member === false) return { kind: 'not_there' };
    if (info.channel?.is_read_only) return { kind: 'read_only' };
    return info.channel?.is_thread_only ? { kind: 'threads_only' } : { kind: 'ok' };
  } catch (error) {
    const code = slackErrorOf(error);
    if (code === 'channel_not_found' || code === 'not_in_channel') return { kind: 'not_there' };
    return { kind: 'unknown' };
  }
}
