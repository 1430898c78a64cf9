import { type Fields, isFields, textAt } from './json.ts';
import type { Call } from './proxy.ts';

/**
 * What messages carry, which the emulator forgets.
 * Source: docs.slack.dev, `chat.postMessage` and `conversations.history` with `include_all_metadata`.
 */
export function metadata() {
  const carried = new Map<string, unknown>();
  return {
    /** Takes note of a message that was posted. */
    take({ path, body, answer }: Call): void {
      const ts = textAt(answer, 'ts');
      if (/chat\.(?:postMessage|update)$/.test(path) && ts && body['metadata']) carried.set(ts, body['metadata']);
    },
    /** Puts it into a history for which it was asked, and leaves out what is not of the time that was asked for. */
    amend({ path, body, answer }: Call): unknown {
      if (!path.includes('conversations.history') || String(body['include_all_metadata']) !== 'true') return undefined;
      if (!isFields(answer) || !Array.isArray(answer['messages'])) return undefined;
      const oldest = Number(body['oldest'] ?? 0);
      const latest = Number(body['latest'] ?? Number.POSITIVE_INFINITY);
      const inTime = ({ ts }: Fields): boolean => Number(ts) > oldest && Number(ts) < latest;
      const messages = answer['messages']
        .filter((each) => isFields(each) && inTime(each))
        .map((message) => {
          const found = carried.get(String(message['ts']));
          return found === undefined ? message : { ...message, metadata: found };
        });
      return { ...answer, messages };
    },
  };
}
