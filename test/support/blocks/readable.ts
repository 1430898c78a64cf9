import { isFields, textAt } from '../workspace/json.ts';

/** A message or dialog as a person reads it: a line for each text, mrkdwn's entities and links resolved. */
export function readable(candidate: unknown): string {
  const text = textAt(candidate, 'text');
  // Without blocks, the text is what is shown.
  if (text !== undefined && isFields(candidate) && isEmpty(candidate['blocks'])) return resolved(text);
  return texts(candidate).join('\n');
}

/** The characters of all texts of a message together. */
export function textLength(candidate: unknown): number {
  return rawTexts(candidate).reduce((sum, { text }) => sum + text.length, 0);
}

/**
 * Whether words stand in a readable text as they were written: white space apart, and shortened with an ellipsis at
 * most. Of words that are blank there is nothing to read.
 */
export function isReadable(words: string, text: string): boolean {
  const line = comparable(words);
  const shown = comparable(text);
  if (shown.includes(line)) return true;
  for (let end = shown.indexOf('…'); end >= 0; end = shown.indexOf('…', end + 1)) {
    if (longestPrefixBefore(line, shown, end) >= 20) return true;
  }
  return false;
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

function longestPrefixBefore(line: string, shown: string, end: number): number {
  for (let length = Math.min(line.length - 1, end); length > 0; length--) {
    if (shown.startsWith(line.slice(0, length), end - length)) return length;
  }
  return 0;
}

/** Word joiners are invisible; white space counts as one space. */
function comparable(text: string): string {
  return text.toWellFormed().replaceAll('\u2060', '').replace(/\s+/g, ' ').trim();
}

function texts(candidate: unknown): string[] {
  return rawTexts(candidate).map(({ type, text }) => (type === 'mrkdwn' ? resolved(text) : text));
}

function rawTexts(candidate: unknown): { readonly type: string; readonly text: string }[] {
  if (Array.isArray(candidate)) return candidate.flatMap(rawTexts);
  if (!isFields(candidate)) return [];
  const type = textAt(candidate, 'type');
  const text = textAt(candidate, 'text');
  if ((type === 'mrkdwn' || type === 'plain_text' || type === 'text') && text !== undefined) return [{ type, text }];
  return Object.values(candidate).flatMap(rawTexts);
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function resolved(mrkdwn: string): string {
  return mrkdwn
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}
