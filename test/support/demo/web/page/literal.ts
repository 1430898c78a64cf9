import { isJson } from './buttons.ts';

/** Where Unicode leaves room for characters of one's own. */
const PRIVATE = 0xe000;

/** What makes formatting, links, mentions and emoji of a text. */
const MARKS = /[*_~`<>@#:&/.]/g;

/**
 * Blocks whose plain texts the library cannot format: it reads them as mrkdwn, while Slack shows them as they stand.
 * Their marks are disguised until they have been drawn.
 */
export function disguised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(disguised);
  if (!isJson(value)) return value;
  const { type, text } = value;
  if (type === 'plain_text' && typeof text === 'string') {
    return { ...value, text: text.replace(MARKS, (mark) => String.fromCharCode(PRIVATE + mark.charCodeAt(0))) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, disguised(part)]));
}

/** Takes the disguise off in what has been drawn. */
export function unmask(drawn: Element): void {
  const texts = document.createTreeWalker(drawn, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const shown = text.nodeValue?.replace(/[\ue000-\ue07f]/g, (mark) =>
      String.fromCharCode(mark.charCodeAt(0) - PRIVATE),
    );
    if (shown !== undefined && shown !== text.nodeValue) text.nodeValue = shown;
  }
}
