import { visibleText } from '../workspace/read.ts';

/**
 * What a person reads of a message: links and times as Slack's client shows them.
 * @param names member ID to name, for mentions
 */
export function readable(message: unknown, names: ReadonlyMap<string, string>): string {
  return visibleText(message)
    .replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<@([UW]\w+)>/g, (_, id: string) => `@${names.get(id) ?? id}`)
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/[*`]/g, '')
    .replaceAll('\u2060', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
