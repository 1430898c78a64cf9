import { isFields } from '../workspace/json.ts';
import { visibleText } from '../workspace/read.ts';

/**
 * What a person reads of a message or dialog: formatting, links and times as Slack's client shows them.
 * @param names ID of a member or channel to name, for mentions
 */
export function readable(message: unknown, names: ReadonlyMap<string, string>): string {
  return visibleText(titleFirst(formatted(message, names)));
}

/** The message with its formatted texts as they look; plain ones stand as they are. */
function formatted(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => formatted(part, names));
  if (!isFields(value)) return value;
  const { type, text } = value;
  if (type === 'mrkdwn' && typeof text === 'string') return { ...value, text: asShown(text, names) };
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, formatted(part, names)]));
}

function asShown(mrkdwn: string, names: ReadonlyMap<string, string>): string {
  return mrkdwn
    .replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<@([UW]\w+)>/g, (_, id: string) => `@${names.get(id) ?? id}`)
    .replace(/<#([CG]\w+)>/g, (_, id: string) => `#${names.get(id) ?? id}`)
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/(?<!\u2060)[*`]/g, '')
    .replaceAll('\u2060', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A dialog's title and buttons are read before and after its content. */
function titleFirst(view: unknown): unknown {
  if (!isFields(view) || view['type'] !== 'modal') return view;
  const { title, submit, close, blocks } = view;
  return [title, blocks, submit, close];
}
