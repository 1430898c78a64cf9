import { z } from 'zod';
import { type Fields, isFields, textAt } from '../workspace/json.ts';

/**
 * Checks a message, as `chat.postMessage`, `chat.update`, a response address or an acknowledgement takes it.
 * @returns every problem in words, each with its place; none when Slack would take the message
 */
export function validateMessage(candidate: unknown): string[] {
  return [
    ...problemsOf(message, candidate),
    ...acrossBlocks(candidate),
    ...withoutContent(candidate),
    ...tooMuchText(candidate),
    ...brokenText(candidate),
  ];
}

/** Checks a view, as `views.open` and an acknowledgement take it. */
export function validateView(candidate: unknown): string[] {
  return [
    ...problemsOf(view, candidate),
    ...acrossBlocks(candidate),
    ...missingSubmit(candidate),
    ...brokenText(candidate),
  ];
}

/**
 * Checks the body of an answer to `view_submission`.
 * Source: https://docs.slack.dev/surfaces/modals (updating views, displaying errors).
 * @param blockIds the input blocks of the view that was submitted; errors can be shown at these only
 */
export function validateAck(body: unknown, blockIds: readonly string[] = []): string[] {
  if (body === undefined || body === '') return [];
  const problems = problemsOf(ack, body);
  if (!isFields(body)) return problems;
  if ('view' in body) problems.push(...validateView(body['view']).map((problem) => `view.${problem}`));
  if (isFields(body['errors'])) {
    const keys = Object.keys(body['errors']);
    if (keys.length === 0) problems.push('errors: is empty');
    for (const key of keys) if (!blockIds.includes(key)) problems.push(`errors.${key}: there is no such input block`);
  }
  return problems;
}

/**
 * Checks that what others wrote is shown as it stands, wherever Slack would read mrkdwn: that it can make no mention,
 * link, quote or formatting. In plain text and in rich text it may stand as it is.
 * @param foreign what others wrote, as they wrote it; a mention in it must not be one that we make ourselves
 */
export function validateLiteral(candidate: unknown, foreign: readonly string[]): string[] {
  return mrkdwnIn(candidate).flatMap((one) =>
    foreign.flatMap((words) => hazards(one, words).map((problem) => `${one.path}: ${problem}`)),
  );
}

// --- Texts. Source: https://docs.slack.dev/reference/block-kit/composition-objects/text-object

const string = (max: number) => z.string().min(1).max(max);

const plain = (max = 3000) =>
  z.strictObject({ type: z.literal('plain_text'), text: string(max), emoji: z.boolean().optional() });

const mrkdwn = (max = 3000) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: string(max), verbatim: z.boolean().optional() });

const text = (max = 3000) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);

const webAddress = (max = 3000) => z.string().max(max).refine(isWebAddress, 'is no http(s) address');

function isWebAddress(address: string): boolean {
  return /^https?:\/\//.test(address) && URL.canParse(address);
}

// --- Confirmation. Source: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object

const style = z.enum(['primary', 'danger']).optional();

const confirm = z.strictObject({ title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30), style });

// --- Options. Source: https://docs.slack.dev/reference/block-kit/composition-objects/option-object (the 150 for
// `value` is newer than the 75 in @slack/types; see slackapi/python-slack-sdk#1655) and .../option-group-object

const option = z.strictObject({ text: plain(75), value: string(150), description: plain(75).optional() });
const options = z.array(option).min(1).max(100);
const optionGroup = z.strictObject({ label: plain(75), options });

// --- Elements. Source: https://docs.slack.dev/reference/block-kit/block-elements, a page for each: button-element,
// select-menu-element, plain-text-input-element, image-element

const id = string(255).optional();
const actionable = { action_id: id, confirm: confirm.optional(), focus_on_load: z.boolean().optional() };

const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  confirm: confirm.optional(),
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: webAddress().optional(),
  style,
  accessibility_label: string(75).optional(),
});

const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  ...actionable,
  placeholder: plain(150).optional(),
  options: options.optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
  initial_option: option.optional(),
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id,
  focus_on_load: z.boolean().optional(),
  placeholder: plain(150).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  initial_value: z.string().max(3000).optional(),
  dispatch_action_config: z
    .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
    .optional(),
});

// Slack also takes `slack_file` for `image_url`; that needs scopes which the bot does not ask for. The 2000 for
// `alt_text` is documented for the block.
const picture = { type: z.literal('image'), image_url: webAddress(), alt_text: string(2000) };

const image = z.strictObject(picture);

// --- Rich text. Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and the rich text types of
// @slack/types (dist/block-kit/block-elements.d.ts). That Slack refuses an empty `text` is not documented.

const flag = z.boolean().optional();
const textStyle = z.strictObject({ bold: flag, italic: flag, strike: flag, code: flag, underline: flag }).optional();
const mentionStyle = z
  .strictObject({ bold: flag, italic: flag, strike: flag, highlight: flag, client_highlight: flag, unlink: flag })
  .optional();

const richText = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: textStyle });
const richLink = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().min(1).optional(),
  unsafe: flag,
  style: textStyle,
});
const richTextElements = z.array(
  z.discriminatedUnion('type', [
    richText,
    richLink,
    z.strictObject({ type: z.literal('user'), user_id: string(255), style: mentionStyle }),
    z.strictObject({ type: z.literal('channel'), channel_id: string(255), style: mentionStyle }),
    z.strictObject({ type: z.literal('usergroup'), usergroup_id: string(255), style: mentionStyle }),
    z.strictObject({ type: z.literal('emoji'), name: string(255), unicode: z.string().optional(), style: textStyle }),
    z.strictObject({
      type: z.literal('date'),
      timestamp: z.int(),
      format: z.string().min(1),
      url: webAddress().optional(),
      fallback: z.string().optional(),
      style: textStyle,
    }),
    z.strictObject({
      type: z.literal('broadcast'),
      range: z.enum(['here', 'channel', 'everyone']),
      style: mentionStyle,
    }),
  ]),
);
const border = z.union([z.literal(0), z.literal(1)]).optional();
const richTextSection = z.strictObject({ type: z.literal('rich_text_section'), elements: richTextElements });
const richTextParts = z.array(
  z.discriminatedUnion('type', [
    richTextSection,
    z.strictObject({
      type: z.literal('rich_text_list'),
      elements: z.array(richTextSection),
      style: z.enum(['bullet', 'ordered']),
      indent: z.int().min(0).max(8).optional(),
      offset: z.int().min(0).optional(),
      border,
    }),
    z.strictObject({ type: z.literal('rich_text_quote'), elements: richTextElements, border }),
    z.strictObject({
      type: z.literal('rich_text_preformatted'),
      elements: z.array(z.discriminatedUnion('type', [richText, richLink])),
      border,
    }),
  ]),
);

// --- Blocks. Source: https://docs.slack.dev/reference/block-kit/blocks, a page for each: header-block, section-block,
// context-block, divider-block, actions-block, image-block, input-block, rich-text-block

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), block_id: id, text: plain(150) }),
  z.strictObject({
    type: z.literal('section'),
    block_id: id,
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: z.discriminatedUnion('type', [button, staticSelect, image]).optional(),
    expand: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id: id,
    elements: z
      .array(z.discriminatedUnion('type', [image, plain(), mrkdwn()]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: id }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: id,
    elements: z
      .array(z.discriminatedUnion('type', [button, staticSelect]))
      .min(1)
      .max(25),
  }),
  z.strictObject({ ...picture, block_id: id, title: plain(2000).optional() }),
  z.strictObject({
    type: z.literal('input'),
    block_id: id,
    label: plain(2000),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: z.discriminatedUnion('type', [plainTextInput, staticSelect]),
  }),
  z.strictObject({ type: z.literal('rich_text'), block_id: id, elements: richTextParts }),
]);

// --- Messages. Source: https://docs.slack.dev/reference/methods/chat.postMessage (50 blocks; `text` is best kept to
// 4,000 characters and is cut at 40,000), .../chat.update and
// https://docs.slack.dev/interactivity/handling-user-interaction (response addresses)

const ts = z.string().regex(/^\d+\.\d+$/);

const message = z.strictObject({
  text: z.string().max(4000).optional(),
  blocks: z.array(block).max(50).optional(),
  token: z.string().optional(),
  channel: z.string().optional(),
  user: z.string().optional(),
  ts: ts.optional(),
  thread_ts: ts.optional(),
  reply_broadcast: z.boolean().optional(),
  mrkdwn: z.boolean().optional(),
  parse: z.enum(['none', 'full']).optional(),
  link_names: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  metadata: z.strictObject({ event_type: string(255), event_payload: z.record(z.string(), z.unknown()) }).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
});

// --- Views. Source: https://docs.slack.dev/reference/views/modal-views and .../home-tab-views

const anyView = {
  blocks: z.array(block).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const view = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    ...anyView,
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('home'), ...anyView }),
]);

const ack = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
]);

// --- What no single object shows.

function problemsOf(schema: z.ZodType, candidate: unknown): string[] {
  const result = schema.safeParse(candidate, { error: inWords });
  return result.success ? [] : result.error.issues.map((issue) => at(issue.path, issue.message));
}

function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') return `has unknown properties: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union' && issue['note'] === 'No matching discriminator') {
    const found = isFields(issue.input) && issue.discriminator ? issue.input[issue.discriminator] : undefined;
    return `${JSON.stringify(found)} is unknown or not allowed here`;
  }
  if (issue.code === 'too_big') return `is too long: more than ${issue.maximum}`;
  if (issue.code === 'too_small') return `is too short: less than ${issue.minimum}`;
  return undefined;
}

function at(path: readonly PropertyKey[], problem: string): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${place.replace(/^\./, '') || 'it'}: ${problem}`;
}

function listAt(value: unknown, name: string): unknown[] {
  const found = isFields(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}

/** A message or view that shows nothing is refused; one with blocks needs `text` for notifications. */
function withoutContent(candidate: unknown): string[] {
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

function tooMuchText(candidate: unknown): string[] {
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
function brokenText(candidate: unknown, path: readonly PropertyKey[] = []): string[] {
  if (typeof candidate === 'string') return candidate.isWellFormed() ? [] : [at(path, 'has half of a surrogate pair')];
  if (Array.isArray(candidate)) return candidate.flatMap((one, index) => brokenText(one, [...path, index]));
  if (!isFields(candidate)) return [];
  return Object.entries(candidate).flatMap(([name, value]) => brokenText(value, [...path, name]));
}

function missingSubmit(candidate: unknown): string[] {
  if (textAt(candidate, 'type') !== 'modal' || !isFields(candidate) || candidate['submit'] !== undefined) return [];
  const inputs = listAt(candidate, 'blocks').some((one) => textAt(one, 'type') === 'input');
  return inputs ? ['submit: is missing, although there are input blocks'] : [];
}

function acrossBlocks(candidate: unknown): string[] {
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

// --- Literal text. Source: https://docs.slack.dev/messaging/formatting-message-text

interface MrkdwnText {
  readonly path: string;
  readonly text: string;
  /** Whether Slack makes links and mentions of addresses and names that stand in it. */
  readonly links: boolean;
  /** Whether people see it; the text beside blocks stands in notifications only. */
  readonly seen: boolean;
}

function mrkdwnIn(candidate: unknown, path: readonly PropertyKey[] = []): MrkdwnText[] {
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
function hazards({ text: shown, links, seen }: MrkdwnText, words: string): string[] {
  const problems = new Set<string>();
  const quoted = JSON.stringify(words);
  for (const [fragment] of words.matchAll(/<[^<>]+>?/g)) {
    if (shown.includes(fragment)) problems.add(`${quoted} has an unescaped <`);
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
  const unlinked = shown.replace(/<[^<>]*>/g, blanked);
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

/** Where words stand in a text: whole, or shortened with an ellipsis. */
function occurrences(shown: string, words: string): [number, number][] {
  const found: [number, number][] = [];
  if (words === '') return found;
  for (let start = shown.indexOf(words); start >= 0; start = shown.indexOf(words, start + 1)) {
    found.push([start, start + words.length]);
  }
  for (let end = shown.indexOf('…'); end >= 0; end = shown.indexOf('…', end + 1)) {
    for (let length = Math.min(words.length - 1, end); length > 0; length--) {
      if (!shown.startsWith(words.slice(0, length), end - length)) continue;
      found.push([end - length, end]);
      break;
    }
  }
  return found;
}
