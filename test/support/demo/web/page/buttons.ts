import type { Json } from '../state.ts';

/** What is asked before a button does its work. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** Finds a button by the words on it. */
export function buttonIn(
  blocks: readonly Json[],
  label: string,
): { readonly confirm: Question | undefined } | undefined {
  for (const block of blocks) {
    const elements = Array.isArray(block['elements']) ? block['elements'] : [];
    const button = elements
      .filter(isJson)
      .find((element) => element['type'] === 'button' && words(element['text']) === label);
    if (button) return { confirm: questionOf(button['confirm']) };
  }
  return undefined;
}

/** The blocks without what the buttons ask: that is ours to show. */
export function withoutQuestions(blocks: readonly Json[]): readonly Json[] {
  return blocks.map((block) => {
    if (!Array.isArray(block['elements'])) return block;
    const elements = block['elements'].filter(isJson).map(({ confirm: _, ...element }) => element);
    return { ...block, elements };
  });
}

/** The words of a text object. */
export function words(text: unknown): string {
  return isJson(text) ? String(text['text'] ?? '') : '';
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function questionOf(confirm: unknown): Question | undefined {
  if (!isJson(confirm)) return undefined;
  const { title, text, confirm: yes, deny } = confirm;
  return { title: words(title), text: words(text), yes: words(yes), no: words(deny) };
}
