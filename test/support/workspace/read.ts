import { type Fields, isFields, textAt } from './json.ts';

/** A picture as shown, with the words read in its place. */
export interface Image {
  readonly image_url: string;
  readonly alt_text: string;
}

/** What nobody reads on the screen: what a button asks after it was clicked, hints in empty fields, our own notes. */
const UNSEEN = new Set(['confirm', 'placeholder', 'metadata', 'private_metadata', 'state']);

const TEXTS = new Set(['plain_text', 'mrkdwn', 'raw_text']);

/**
 * All the words of a message or dialog that a person can see, a line for each text, in the order of the blocks; as sent,
 * so that `&lt;` and `*` are still there. A message's `text` counts only where it has no blocks, as in Slack.
 */
export function visibleText(message: unknown): string {
  const blocks = isFields(message) && Array.isArray(message['blocks']) ? message['blocks'] : [];
  if (isFields(message) && typeof message['text'] === 'string' && blocks.length === 0) return message['text'];
  return texts(message).join('\n');
}

/** The words on the buttons of a message, in order. */
export function buttons(message: unknown): string[] {
  return objects(message)
    .filter((each) => each['type'] === 'button')
    .map((each) => textAt(each['text'], 'text') ?? '');
}

/** The pictures in a message, in order. */
export function images(message: unknown): Image[] {
  return objects(message).flatMap((each) => {
    const image_url = textAt(each, 'image_url');
    const alt_text = textAt(each, 'alt_text') ?? '';
    return each['type'] === 'image' && image_url !== undefined ? [{ image_url, alt_text }] : [];
  });
}

/** All objects within a value, itself first, parents before children, in order. */
export function objects(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  return isFields(value) ? [value, ...Object.values(value).flatMap(objects)] : [];
}

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (!isFields(value)) return [];
  const { type, text } = value;
  if (typeof type === 'string' && TEXTS.has(type)) return typeof text === 'string' ? [text] : [];
  if (type === 'rich_text_section' || type === 'rich_text_preformatted' || type === 'rich_text_quote') {
    return [inline(value['elements'])];
  }
  return Object.entries(value).flatMap(([name, part]) => (UNSEEN.has(name) ? [] : texts(part)));
}

function inline(elements: unknown): string {
  if (!Array.isArray(elements)) return '';
  return elements
    .map((each) => {
      const user = textAt(each, 'user_id');
      const channel = textAt(each, 'channel_id');
      if (user) return `<@${user}>`;
      if (channel) return `<#${channel}>`;
      return textAt(each, 'text') ?? textAt(each, 'url') ?? textAt(each, 'fallback') ?? textAt(each, 'name') ?? '';
    })
    .join('');
}
