import { isFields, textAt } from './json.ts';
import type { ChannelMessage } from './messages.ts';
import type { Call } from './proxy.ts';

/**
 * What messages carry, which the emulator forgets, and the part of a history that was asked for, which it does not heed.
 * Source: docs.slack.dev, `chat.postMessage`, and `conversations.history` with `include_all_metadata`, `oldest`, `latest`.
 * @param read all messages of a channel, the newest last
 * @param mostInPage how many messages one page of a history may have
 */
export function metadata(read: (channel: string) => Promise<readonly ChannelMessage[]>, mostInPage: () => number) {
  const carried = new Map<string, unknown>();
  return {
    /** Takes note of a message that was posted. */
    take({ path, body, answer }: Call): void {
      const ts = textAt(answer, 'ts');
      if (/chat\.(?:postMessage|update)$/.test(path) && ts && body['metadata']) carried.set(ts, body['metadata']);
    },
    /** Puts it into a page of a history for which it was asked, the newest message first. */
    async amend({ path, body, answer }: Call): Promise<unknown> {
      if (!path.includes('conversations.history') || String(body['include_all_metadata']) !== 'true') return undefined;
      if (!isFields(answer) || answer['ok'] !== true) return undefined;
      const oldest = Number(body['oldest'] ?? 0);
      const latest = Number(body['latest'] ?? Number.POSITIVE_INFINITY);
      const inTime = (await read(String(body['channel'])))
        .filter(({ ts }) => Number(ts) > oldest && Number(ts) < latest)
        .toReversed();
      const messages = inTime.slice(0, Math.min(Number(body['limit'] ?? 100), mostInPage())).map((message) => {
        const found = carried.get(message.ts);
        return found === undefined ? message : { ...message, metadata: found };
      });
      return { ...answer, messages, has_more: messages.length < inTime.length, response_metadata: {} };
    },
  };
}
