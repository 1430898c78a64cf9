import { z } from 'zod';
import type { Api } from './emulator.ts';

const shown = z.looseObject({
  channel: z.string().optional(),
  ts: z.string().optional(),
  text: z.string().optional(),
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
});

/** A message as a person has it before them: with a `ts` where all see it, without where it is for one person only. */
export type Shown = z.infer<typeof shown>;

/** A message in a channel, with all that Slack tells of it. */
export type ChannelMessage = Shown & { readonly channel: string; readonly ts: string };

/**
 * Takes the answer to a command as the message that the person gets to see.
 * @returns undefined where it holds neither text nor blocks
 */
export function shownIn(channel: string, body: unknown): Shown | undefined {
  const message = shown.safeParse(typeof body === 'string' ? { text: body } : body);
  if (!message.success) return undefined;
  const { text, blocks } = message.data;
  return text || blocks?.length ? { ...message.data, channel } : undefined;
}

/** Takes a post to a response address as the message that the person gets to see in a channel. */
export function shownAs(channel: string, body: Readonly<Record<string, unknown>>): Shown {
  return shown.parse({ ...body, channel });
}

const history = z.object({
  messages: z.array(shown.extend({ ts: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Reads all messages of a channel, the newest last. */
export async function readMessages(api: Api, channel: string): Promise<ChannelMessage[]> {
  const all: ChannelMessage[] = [];
  let cursor = '';
  do {
    const page = history.parse(await api('conversations.history', { channel, limit: '1000', cursor }));
    all.push(...page.messages.map((message) => ({ ...message, channel })));
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor);
  return all.reverse();
}
