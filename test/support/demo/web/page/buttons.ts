import type { Json } from '../state.ts';

/** What is asked before a button does its work. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** A button by the words on it: which one of several that have the same, counted from 0. */
export interface Pressed {
  readonly label: string;
  readonly nth: number;
}

/** What is asked before this button does its work; undefined where nothing is. */
export function questionFor(blocks: readonly Json[], { label, nth }: Pressed): Question | undefined {
  const elements = blocks.flatMap((block) => {
    const row = Array.isArray(block['elements']) ? block['elements'] : [];
    return [block['accessory'], ...row].filter(isJson);
  });
  const named = elements.filter((element) => element['type'] === 'button' && words(element['text']) === label);
  return questionOf(named[nth]?.['confirm']);
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
