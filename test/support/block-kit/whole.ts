import { type Fields, isFields, textAt } from '../workspace/json.ts';
import { at } from './problems.ts';

// --- What no single object shows.

export function listAt(value: unknown, name: string): unknown[] {
  const found = isFields(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}

/** A message or view that shows nothing is refused; one with blocks needs `text` for notifications. */
export function withoutContent(candidate: unknown): string[] {
  if (!isFields(candidate) || candidate['delete_original'] === true) return [];
  return textAt(candidate, 'text')?.trim()
    ? []
    : ['text: is missing or empty; notifications and screen readers use it'];
}

/**
 * Undocumented, refused with `msg_blocks_too_long`. Source: https://github.com/slackapi/bolt-js/issues/2867 (blocks with
 * 9,597 characters of text were taken, with 11,341 refused).
 */
const ALL_TEXT = 9500;

export function tooMuchText(candidate: unknown): string[] {
  const length = textsIn(isFields(candidate) ? candidate['blocks'] : undefined).reduce(
    (sum, one) => sum + one.length,
    0,
  );
  return length > ALL_TEXT ? [`blocks: have ${length} characters of text together, more than ${ALL_TEXT}`] : [];
}

function textsIn(candidate: unknown): string[] {
  if (Array.isArray(candidate)) return candidate.flatMap(textsIn);
  if (!isFields(candidate)) return [];
  const own = textAt(candidate, 'text');
  return own === undefined ? Object.values(candidate).flatMap(textsIn) : [own];
}

/** Half of a surrogate pair is no character: such JSON is not UTF-8, and not every parser takes it. */
export function brokenText(candidate: unknown, path: readonly PropertyKey[] = []): string[] {
  if (typeof candidate === 'string') return candidate.isWellFormed() ? [] : [at(path, 'has half of a surrogate pair')];
  if (Array.isArray(candidate)) return candidate.flatMap((one, index) => brokenText(one, [...path, index]));
  if (!isFields(candidate)) return [];
  return Object.entries(candidate).flatMap(([name, value]) => brokenText(value, [...path, name]));
}

export function missingSubmit(candidate: unknown): string[] {
  if (textAt(candidate, 'type') !== 'modal' || !isFields(candidate) || candidate['submit'] !== undefined) return [];
  const inputs = listAt(candidate, 'blocks').some((one) => textAt(one, 'type') === 'input');
  return inputs ? ['submit: is missing, although there are input blocks'] : [];
}

export function acrossBlocks(candidate: unknown): string[] {
  const blocks = listAt(candidate, 'blocks');
  const focused = blocks.flatMap(elementsOf).filter(([, element]) => element['focus_on_load'] === true);
  return [
    ...repeated(blocks.map((one) => textAt(one, 'block_id'))).map((name) => `blocks: block_id ${name} is there twice`),
    ...(focused.length > 1 ? ['blocks: focus_on_load is set more than once'] : []),
    ...blocks.flatMap((one, index) => withinBlock(one).map((problem) => `blocks[${index}]${problem}`)),
  ];
}

function withinBlock(candidate: unknown): string[] {
  const elements = elementsOf(candidate);
  const problems = repeated(elements.map(([, element]) => textAt(element, 'action_id'))).map(
    (name) => `: action_id ${name} is there twice`,
  );
  // Source: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
  const responding = textAt(candidate, 'type') === 'input' ? [] : elements;
  for (const [path, element] of responding) {
    if (element['response_url_enabled'] === true) problems.push(`.${path}.response_url_enabled: is for inputs`);
  }
  if (textAt(candidate, 'type') === 'section' && isFields(candidate) && !candidate['text'] && !candidate['fields']) {
    problems.push(': has neither text nor fields');
  }
  return [
    ...problems,
    ...elements.flatMap(([path, element]) => withinElement(element).map((problem) => `.${path}${problem}`)),
  ];
}

function withinElement(element: Fields): string[] {
  if (element['type'] === 'plain_text_input') return inputLengths(element);
  return element['type'] === 'static_select' ? selectOptions(element) : [];
}

function inputLengths({ min_length: min, max_length: max, initial_value: initial }: Fields): string[] {
  const problems: string[] = [];
  if (typeof max !== 'number') return problems;
  if (typeof min === 'number' && min > max) problems.push(': min_length is greater than max_length');
  if (typeof initial === 'string' && initial.length > max) problems.push('.initial_value: is longer than max_length');
  return problems;
}

function selectOptions(select: Fields): string[] {
  const { options: own, option_groups: groups, initial_option: initial } = select;
  if ((own === undefined) === (groups === undefined)) return [': needs either options or option_groups'];
  const all = [
    ...listAt(select, 'options'),
    ...listAt(select, 'option_groups').flatMap((one) => listAt(one, 'options')),
  ];
  const problems = repeated(all.map((one) => textAt(one, 'value'))).map((value) => `: value ${value} is there twice`);
  const same = (one: unknown): boolean => JSON.stringify(one) === JSON.stringify(initial);
  if (initial !== undefined && !all.some(same)) problems.push('.initial_option: is not among the options');
  return problems;
}

/** The elements of a block, each with its place. */
function elementsOf(candidate: unknown): [string, Fields][] {
  if (!isFields(candidate)) return [];
  const named = ['accessory', 'element'].map((name): [string, unknown] => [name, candidate[name]]);
  const listed = listAt(candidate, 'elements').map((one, index): [string, unknown] => [`elements[${index}]`, one]);
  return [...named, ...listed].filter((pair): pair is [string, Fields] => isFields(pair[1]));
}

function repeated(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name, index) => name !== undefined && names.indexOf(name) !== index))].map(String);
}
