import { isFields } from '../workspace/json.ts';
import { at } from './problems.ts';
import { listAt } from './whole.ts';

// --- Literal text. Source: https://docs.slack.dev/messaging/formatting-message-text

interface MrkdwnText {
  readonly path: string;
  readonly text: string;
  /** Whether Slack makes links and mentions of addresses and names that stand in it. */
  readonly links: boolean;
  /** Whether people see it; the text beside blocks stands in notifications only. */
  readonly seen: boolean;
}

export function mrkdwnIn(candidate: unknown, path: readonly PropertyKey[] = []): MrkdwnText[] {
  if (Array.isArray(candidate)) return candidate.flatMap((one, index) => mrkdwnIn(one, [...path, index]));
  if (!isFields(candidate)) return [];
  const place = at([...path, 'text'], '').slice(0, -2);
  const own = candidate['text'];
  if (candidate['type'] === 'mrkdwn') {
    return typeof own === 'string'
      ? [{ path: place, text: own, links: candidate['verbatim'] !== true, seen: true }]
      : [];
  }
  const within = Object.entries(candidate).flatMap(([name, value]) => mrkdwnIn(value, [...path, name]));
  if (path.length > 0 || typeof own !== 'string' || candidate['mrkdwn'] === false) return within;
  // The text of a message itself; beside blocks, it is shown in notifications only, where nothing is a link.
  const alone = listAt(candidate, 'blocks').length === 0;
  return [{ path: place, text: own, links: alone, seen: alone }, ...within];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escaped = (words: string): string => words.replace(/[&<>]/g, (character) => ESCAPES[character] ?? '');

/** What some foreign words do in a mrkdwn text that they should not. */
export function hazards({ text: shown, links, seen }: MrkdwnText, words: string): string[] {
  const problems = new Set<string>();
  const quoted = JSON.stringify(words);
  // Outside of our own links and mentions, which may begin as what somebody wrote does.
  const unlinked = shown.replace(/<[^<>]*>/g, blanked);
  for (const [fragment] of words.matchAll(/<[^<>]+>?/g)) {
    const within = fragment.endsWith('>') ? shown : unlinked;
    if (within.includes(fragment)) problems.add(`${quoted} has an unescaped <`);
  }
  const places = [...new Set([words, escaped(words)])].flatMap((form) => occurrences(shown, form));
  const inside = (index: number): boolean => places.some(([start, end]) => start <= index && index < end);
  // The address of a link of ours; `<` and `>` of foreign words were looked for above.
  const spoken = shown.replace(/<[^<>|]*/g, blanked);
  for (const { index, 1: span = '', 2: mark = '' } of spoken.matchAll(FORMATTED)) {
    const last = index + span.length - mark.length;
    if (inside(index) || inside(last)) problems.add(`${quoted} is formatted by its ${mark}`);
  }
  for (const { index, 1: before = '' } of shown.matchAll(/(^|\n)\s*(?:>|&gt;)/g)) {
    const sign = index + before.length + (/^\s*/.exec(shown.slice(index + before.length))?.[0].length ?? 0);
    if (inside(sign)) problems.add(`${quoted} begins a quotation`);
  }
  // A link within a link is none.
  for (const { index } of links ? unlinked.matchAll(LINKED) : []) {
    if (inside(index)) problems.add(`${quoted} becomes a link or a mention`);
  }
  for (const { index } of seen ? spoken.matchAll(EMOJI) : []) {
    if (inside(index)) problems.add(`${quoted} has an emoji code`);
  }
  return [...problems];
}

/** Characters of words, as many; so that places stay the same. */
function blanked(part: string): string {
  return 'x'.repeat(part.length);
}

/** A mark that opens at the edge of a word and one that closes at the edge of a word, on one line; one in another too. */
const FORMATTED = /(?<![\p{L}\p{N}])(?=(([*_~]|`{1,3})(?=\S)[^\n]*?\S\2(?![\p{L}\p{N}])))/gu;

/** An address, or a name that Slack reads as a channel or as everybody. */
const LINKED =
  /(?<![\p{L}\p{N}<|&])(?:https?:\/\/\S|www\.\S|mailto:\S|[\p{L}\p{N}-]+\.(?:com|org|net|io|dev)\b|@(?:here|channel|everyone)\b|#[\p{L}\p{N}_-])/giu;

/** A name that Slack shows as a picture. */
const EMOJI = /(?<![\p{L}\p{N}]):[a-z0-9_+'-]+:/gu;

/** Shortened to less, words can't be told from others. */
const TELLING = 4;

/** Where words stand in a text: whole, or shortened with an ellipsis. */
function occurrences(shown: string, words: string): [number, number][] {
  const found: [number, number][] = [];
  if (words === '') return found;
  for (let start = shown.indexOf(words); start >= 0; start = shown.indexOf(words, start + 1)) {
    found.push([start, start + words.length]);
  }
  for (let end = shown.indexOf('…'); end >= 0; end = shown.indexOf('…', end + 1)) {
    for (let length = Math.min(words.length - 1, end); length >= TELLING; length--) {
      if (!shown.startsWith(words.slice(0, length), end - length)) continue;
      found.push([end - length, end]);
      break;
    }
  }
  return found;
}
