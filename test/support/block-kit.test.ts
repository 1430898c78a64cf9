import { describe, expect, it } from 'vitest';
import { validateAck, validateLiteral, validateMessage, validateView } from './block-kit.ts';

const chars = (length: number): string => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const plain = (text = 'Words', more: object = {}) => ({ type: 'plain_text', text, ...more });
const mrkdwn = (text = '*Words*', more: object = {}) => ({ type: 'mrkdwn', text, ...more });
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn(), ...more });
const button = (more: object = {}) => ({ type: 'button', text: plain('Press'), ...more });
const image = (more: object = {}) => ({
  type: 'image',
  image_url: 'https://example.org/a.png',
  alt_text: 'A',
  ...more,
});
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const option = (value = 'v', more: object = {}) => ({ text: plain('Option'), value, ...more });
const select = (more: object = {}) => ({ type: 'static_select', action_id: 's', options: [option()], ...more });
const textInput = (more: object = {}) => ({ type: 'plain_text_input', action_id: 't', ...more });
const input = (element: object = textInput(), more: object = {}) => ({
  type: 'input',
  block_id: 'i',
  label: plain('Label'),
  element,
  ...more,
});
const confirm = (more: object = {}) => ({
  title: plain(),
  text: plain(),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...more,
});
const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements });
const richSection = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const message = (...blocks: unknown[]) => ({ text: 'Words', blocks });
const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks: [input()],
  ...more,
});

describe('validateMessage', () => {
  it.each<[string, unknown]>([
    ['text alone', { text: 'Words', response_type: 'ephemeral', replace_original: true }],
    ['removing a message', { delete_original: true }],
    ['no blocks at all', message()],
    ['50 blocks', message(...times(50, () => ({ type: 'divider' })))],
    ['header', message({ type: 'header', block_id: 'h', text: plain(chars(150), { emoji: true }) })],
    ['section', message(section({ text: mrkdwn(chars(3000), { verbatim: true }), accessory: image() }))],
    ['fields only', message({ type: 'section', fields: [plain(chars(2000)), ...times(9, () => plain())] })],
    [
      '9,500 characters together',
      message(...times(3, () => section({ text: plain(chars(3000)) })), section({ text: plain(chars(500)) })),
    ],
    ['context', message({ type: 'context', elements: [image(), ...times(9, () => mrkdwn())] })],
    ['image block', message(image({ title: plain(chars(2000)), alt_text: chars(2000), block_id: 'p' }))],
    ['buttons', message(actions(...times(25, (i) => button({ action_id: `b${i}`, value: chars(2000) }))))],
    ['confirmed button', message(actions(button({ style: 'danger', confirm: confirm({ style: 'primary' }) })))],
    [
      'select',
      message(
        actions(
          select({
            options: times(100, (i) => option(`${i}`.padStart(150, '0'))),
            initial_option: option('7'.padStart(150, '0')),
            placeholder: plain(chars(150)),
          }),
        ),
      ),
    ],
    [
      'select with groups',
      message(actions(select({ options: undefined, option_groups: [{ label: plain(), options: [option()] }] }))),
    ],
    [
      'rich text',
      message(
        rich(
          richSection(
            { type: 'text', text: 'A', style: { bold: true } },
            { type: 'link', url: 'https://example.org', text: 'B' },
            { type: 'user', user_id: 'U1' },
            { type: 'channel', channel_id: 'C1' },
            { type: 'emoji', name: 'tada' },
            { type: 'date', timestamp: 1, format: '{date}' },
          ),
          { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [richSection({ type: 'text', text: 'C' })] },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'D' }] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'E' }], border: 0 },
        ),
      ),
    ],
    [
      'the same action_id in two blocks',
      message(actions(button({ action_id: 'b' })), actions(button({ action_id: 'b' }))),
    ],
  ])('takes %s', (_, good) => {
    expect(validateMessage(good)).toEqual([]);
  });

  const bad: [string, unknown, RegExp][] = [
    ['no object', 'Words', /^it: /],
    ['no text beside blocks', { blocks: [section()] }, /^text: is missing/],
    ['blank text', { text: ' ', blocks: [section()] }, /^text: is missing/],
    ['no content', {}, /^text: is missing/],
    ['4,001 characters of text', { text: chars(4001) }, /^text: .*4000/],
    ['an unknown property', { text: 'Words', colour: 'red' }, /^it: .*colour/],
    ['51 blocks', message(...times(51, () => ({ type: 'divider' }))), /^blocks: .*50/],
    ['an unknown block', message({ type: 'fancy' }), /^blocks\[0\].*"fancy" is unknown/],
    ['a block without a type', message({}), /^blocks\[0\]/],
    ['an unknown property of a block', message({ type: 'divider', text: plain() }), /^blocks\[0\]: .*text/],
    ['an empty block_id', message({ type: 'divider', block_id: '' }), /block_id: .*1/],
    ['a long block_id', message({ type: 'divider', block_id: chars(256) }), /block_id: .*255/],
    [
      'a block_id twice',
      message({ type: 'divider', block_id: 'b' }, section({ block_id: 'b' })),
      /block_id b is there twice/,
    ],
    ['a long header', message({ type: 'header', text: plain(chars(151)) }), /text\.text: .*150/],
    ['an empty header', message({ type: 'header', text: plain('') }), /text\.text: .*1/],
    ['a header in mrkdwn', message({ type: 'header', text: mrkdwn() }), /^blocks\[0\]\.text/],
    ['an empty section', message({ type: 'section' }), /neither text nor fields/],
    ['an empty text in a section', message(section({ text: mrkdwn('') })), /text\.text: .*1/],
    ['a long section', message(section({ text: plain(chars(3001)) })), /text\.text: .*3000/],
    ['11 fields', message(section({ fields: times(11, () => plain()) })), /fields: .*10/],
    ['no fields', message(section({ fields: [] })), /fields: .*1/],
    ['a long field', message(section({ fields: [plain(chars(2001))] })), /fields\[0\]\.text: .*2000/],
    ['a text input as accessory', message(section({ accessory: textInput() })), /accessory.*not allowed here/],
    ['verbatim plain text', message(section({ text: plain('Words', { verbatim: true }) })), /text: .*verbatim/],
    ['emoji in mrkdwn', message(section({ text: mrkdwn('Words', { emoji: true }) })), /text: .*emoji/],
    ['a string for a text object', message(section({ text: 'Words' })), /^blocks\[0\]\.text/],
    ['an unknown text object', message(section({ text: { type: 'html', text: 'x' } })), /"html" is unknown/],
    ['an empty context', message({ type: 'context', elements: [] }), /elements: .*1/],
    ['11 elements of context', message({ type: 'context', elements: times(11, () => plain()) }), /elements: .*10/],
    ['a button in a context', message({ type: 'context', elements: [button()] }), /elements\[0\].*not allowed here/],
    ['no actions', message(actions()), /elements: .*1/],
    ['26 actions', message(actions(...times(26, () => button()))), /elements: .*25/],
    ['an unknown element', message(actions({ type: 'lever' })), /"lever" is unknown/],
    ['an image among actions', message(actions(image())), /not allowed here/],
    ['a long button', message(actions(button({ text: plain(chars(76)) }))), /text\.text: .*75/],
    ['a button in mrkdwn', message(actions(button({ text: mrkdwn() }))), /elements\[0\]\.text/],
    ['a long value', message(actions(button({ value: chars(2001) }))), /value: .*2000/],
    ['a long url', message(actions(button({ url: `https://a.example/${chars(3000)}` }))), /url: .*3000/],
    ['a url that is none', message(actions(button({ url: 'javascript:1' }))), /url: is no http/],
    ['an unknown style', message(actions(button({ style: 'green' }))), /style/],
    ['an unknown property of a button', message(actions(button({ colour: 1 }))), /elements\[0\]: .*colour/],
    ['a long action_id', message(actions(button({ action_id: chars(256) }))), /action_id: .*255/],
    [
      'an action_id twice',
      message(actions(button({ action_id: 'b' }), button({ action_id: 'b' }))),
      /action_id b is there twice/,
    ],
    [
      'a long title of a confirmation',
      message(actions(button({ confirm: confirm({ title: plain(chars(101)) }) }))),
      /title\.text: .*100/,
    ],
    [
      'a long confirmation',
      message(actions(button({ confirm: confirm({ text: plain(chars(301)) }) }))),
      /text\.text: .*300/,
    ],
    [
      'a long yes',
      message(actions(button({ confirm: confirm({ confirm: plain(chars(31)) }) }))),
      /confirm\.confirm\.text: .*30/,
    ],
    ['a long no', message(actions(button({ confirm: confirm({ deny: plain(chars(31)) }) }))), /deny\.text: .*30/],
    ['a confirmation without a no', message(actions(button({ confirm: confirm({ deny: undefined }) }))), /deny/],
    ['a confirmation in mrkdwn', message(actions(button({ confirm: confirm({ text: mrkdwn() }) }))), /confirm\.text/],
    ['no options', message(actions(select({ options: [] }))), /options: .*1/],
    ['neither options nor groups', message(actions(select({ options: undefined }))), /either options or option_groups/],
    ['101 options', message(actions(select({ options: times(101, (i) => option(`${i}`)) }))), /options: .*100/],
    [
      'a long option',
      message(actions(select({ options: [option('v', { text: plain(chars(76)) })] }))),
      /text\.text: .*75/,
    ],
    ['a long value of an option', message(actions(select({ options: [option(chars(151))] }))), /value: .*150/],
    ['a value twice', message(actions(select({ options: [option(), option()] }))), /value v is there twice/],
    [
      'a foreign initial option',
      message(actions(select({ initial_option: option('w') }))),
      /initial_option: is not among/,
    ],
    ['a long placeholder', message(actions(select({ placeholder: plain(chars(151)) }))), /placeholder\.text: .*150/],
    ['a long image_url', message(image({ image_url: `https://a.example/${chars(3000)}` })), /image_url: .*3000/],
    ['an image_url that is none', message(image({ image_url: 'data:image/png;base64,AA' })), /image_url: is no http/],
    ['no image_url', message(image({ image_url: undefined })), /image_url/],
    ['no alt_text', message(image({ alt_text: '' })), /alt_text: .*1/],
    ['a long alt_text', message(section({ accessory: image({ alt_text: chars(2001) }) })), /alt_text: .*2000/],
    ['a title of an image element', message(section({ accessory: image({ title: plain() }) })), /accessory: .*title/],
    ['a long title of an image', message(image({ title: plain(chars(2001)) })), /title\.text: .*2000/],
    [
      'more than 9,500 characters together',
      message(...times(3, () => section({ text: plain(chars(3000)) })), section({ text: plain(chars(501)) })),
      /^blocks: have 9501 characters/,
    ],
    ['half of a surrogate pair', message(section({ text: plain('\ud83d') })), /^blocks\[0\]\.text\.text: has half/],
    ['an unknown rich text part', message(rich({ type: 'rich_text_table' })), /"rich_text_table" is unknown/],
    ['an unknown rich text element', message(rich(richSection({ type: 'blink' }))), /"blink" is unknown/],
    ['an empty rich text', message(rich(richSection({ type: 'text', text: '' }))), /text: .*1/],
    ['a rich text list without style', message(rich({ type: 'rich_text_list', elements: [] })), /style/],
    [
      'a deep rich text list',
      message(rich({ type: 'rich_text_list', style: 'bullet', indent: 9, elements: [] })),
      /indent: .*8/,
    ],
    [
      'a mention in preformatted text',
      message(rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] })),
      /"user" is unknown/,
    ],
  ];
  it.each(bad)('refuses %s', (_, candidate, problem) => {
    expect(validateMessage(candidate)).toEqual([expect.stringMatching(problem)]);
  });

  it('tells every problem', () => {
    const problems = validateMessage({ blocks: [section({ text: mrkdwn('') }), { type: 'section' }, { type: 'x' }] });
    expect(problems).toHaveLength(4);
  });
});

describe('validateView', () => {
  it.each<[string, unknown]>([
    ['a form', modal({ private_metadata: chars(3000), callback_id: chars(255), close: plain(chars(24)) })],
    ['a notice', modal({ submit: undefined, blocks: [section()], clear_on_close: true, notify_on_close: true })],
    ['100 blocks', modal({ blocks: times(100, () => ({ type: 'divider' })) })],
    [
      'a full input',
      modal({
        blocks: [
          input(
            textInput({
              max_length: 3000,
              min_length: 1,
              initial_value: chars(3000),
              placeholder: plain(chars(150)),
              multiline: true,
              focus_on_load: true,
            }),
            { hint: plain(chars(2000)), label: plain(chars(2000)), optional: true },
          ),
        ],
      }),
    ],
    ['a select input', modal({ blocks: [input(select({ initial_option: option() }))] })],
    ['a home tab', { type: 'home', blocks: [section()] }],
  ])('takes %s', (_, good) => {
    expect(validateView(good)).toEqual([]);
  });

  const form = (element: object, more: object = {}) => modal({ blocks: [input(element, more)] });
  const bad: [string, unknown, RegExp][] = [
    ['an unknown type', modal({ type: 'popup' }), /"popup" is unknown/],
    ['an unknown property', modal({ text: 'Words' }), /^it: .*text/],
    ['101 blocks', modal({ blocks: times(101, () => ({ type: 'divider' })) }), /^blocks: .*100/],
    ['no blocks', modal({ blocks: undefined }), /^blocks/],
    ['a long title', modal({ title: plain(chars(25)) }), /title\.text: .*24/],
    ['no title', modal({ title: undefined }), /^title/],
    ['a title in mrkdwn', modal({ title: mrkdwn() }), /^title/],
    ['a long submit', modal({ submit: plain(chars(25)) }), /submit\.text: .*24/],
    ['a long close', modal({ close: plain(chars(25)) }), /close\.text: .*24/],
    ['long private_metadata', modal({ private_metadata: chars(3001) }), /private_metadata: .*3000/],
    ['a long callback_id', modal({ callback_id: chars(256) }), /callback_id: .*255/],
    ['inputs without submit', modal({ submit: undefined }), /^submit: is missing/],
    ['a block_id twice', modal({ blocks: [input(), input()] }), /block_id i is there twice/],
    ['a long label', form(textInput(), { label: plain(chars(2001)) }), /label\.text: .*2000/],
    ['a label in mrkdwn', form(textInput(), { label: mrkdwn() }), /label/],
    ['a long hint', form(textInput(), { hint: plain(chars(2001)) }), /hint\.text: .*2000/],
    ['an unknown property of an input', form(textInput(), { value: 1 }), /blocks\[0\]: .*value/],
    ['a button as input', form(button()), /element.*not allowed here/],
    ['a great max_length', form(textInput({ max_length: 3001 })), /max_length: .*3000/],
    ['no max_length to speak of', form(textInput({ max_length: 0 })), /max_length: .*1/],
    ['a great min_length', form(textInput({ min_length: 3001 })), /min_length: .*3000/],
    ['a min_length above max_length', form(textInput({ min_length: 9, max_length: 8 })), /min_length is greater/],
    ['a long initial_value', form(textInput({ initial_value: chars(3001) })), /initial_value: .*3000/],
    [
      'an initial_value above max_length',
      form(textInput({ initial_value: 'xx', max_length: 1 })),
      /longer than max_length/,
    ],
    ['half of a surrogate pair', form(textInput({ initial_value: 'a\ude00' })), /element\.initial_value: has half/],
    ['a long placeholder', form(textInput({ placeholder: plain(chars(151)) })), /placeholder\.text: .*150/],
    [
      'focus twice',
      modal({
        blocks: [
          input(textInput({ focus_on_load: true })),
          input(textInput({ focus_on_load: true }), { block_id: 'j' }),
        ],
      }),
      /focus_on_load/,
    ],
  ];
  it.each(bad)('refuses %s', (_, candidate, problem) => {
    expect(validateView(candidate)).toEqual([expect.stringMatching(problem)]);
  });
});

describe('validateAck', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an empty body', ''],
    ['errors', { response_action: 'errors', errors: { i: 'Try again.' } }],
    ['a new view', { response_action: 'update', view: modal() }],
    ['clearing', { response_action: 'clear' }],
  ])('takes %s', (_, good) => {
    expect(validateAck(good, ['i'])).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown action', { response_action: 'shout' }, /"shout" is unknown/],
    ['no action', { text: 'Words' }, /is unknown/],
    ['an error at no input', { response_action: 'errors', errors: { j: 'Try again.' } }, /errors\.j: there is no such/],
    ['an empty error', { response_action: 'errors', errors: { i: '' } }, /errors\.i: .*1/],
    ['no errors', { response_action: 'errors', errors: {} }, /errors: is empty/],
    ['an error that is no text', { response_action: 'errors', errors: { i: plain() } }, /errors\.i: /],
    ['a bad view', { response_action: 'update', view: modal({ title: plain(chars(25)) }) }, /^view\.title\.text: .*24/],
    ['clearing with a view', { response_action: 'clear', view: modal() }, /view/],
  ])('refuses %s', (_, candidate, problem) => {
    expect(validateAck(candidate, ['i'])).toEqual([expect.stringMatching(problem)]);
  });
});

describe('validateLiteral', () => {
  const shown = (text: string, more: object = {}) => message(section({ text: mrkdwn(text, more) }));

  it.each<[string, string, RegExp]>([
    ['a mention', '<!channel>', /unescaped </],
    ['a mention in other words', 'Mug <@U1> and more', /unescaped </],
    ['a link', '<https://evil.example|Mug>', /unescaped </],
    ['bold', '*bold*', /formatted by its \*/],
    ['italic in other words', 'a _b_ c', /formatted by its _/],
    ['struck', '~no~', /formatted by its ~/],
    ['code', '`x`', /formatted by its `/],
    ['a quotation', '> said', /begins a quotation/],
    ['an address', 'https://evil.example', /becomes a link/],
    ['a name for everybody', 'hi @here', /becomes a link/],
    ['a channel', '#general', /becomes a link/],
    ['a bare address', 'see evil.com', /becomes a link/],
    ['an emoji code', 'a :tada: b', /has an emoji code/],
  ])('refuses %s in mrkdwn', (_, words, problem) => {
    const expected = [expect.stringMatching(problem)];
    expect(validateLiteral(shown(words), [words])).toEqual(expected);
    expect(validateLiteral({ text: words }, [words])).toEqual(expected);
    expect(validateLiteral(modal({ blocks: [section({ fields: [mrkdwn(words)] })] }), [words])).not.toEqual([]);
  });

  it('refuses it in the text beside blocks', () => {
    expect(validateLiteral({ text: 'Won: *Mug*', blocks: [section()] }, ['*Mug*'])).toHaveLength(1);
    expect(validateLiteral({ text: 'Won: <!here>', blocks: [section()] }, ['<!here>'])).toHaveLength(1);
  });

  it('refuses it escaped, shortened, within our own formatting, or with half a pair from us', () => {
    expect(validateLiteral(shown('&lt;*a*&gt;'), ['<*a*>'])).toHaveLength(1);
    expect(validateLiteral(shown('&gt; a'), ['> a'])).toHaveLength(1);
    expect(validateLiteral(shown('Won: *Mug* for every…'), ['*Mug* for everybody'])).toHaveLength(1);
    expect(validateLiteral(shown('*Won: _Mug_ 1*'), ['_Mug_'])).toHaveLength(1);
    expect(validateLiteral(shown('*Won: Mug* 1'), ['Mug* 1'])).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['escaped', shown('&lt;!channel&gt; &amp; more'), '<!channel> & more'],
    ['kept apart by word joiners', shown('\u2060*\u2060bold\u2060*\u2060'), '*bold*'],
    ['in plain text', message(section({ text: plain('*<!channel>*') })), '*<!channel>*'],
    ['in rich text', message(rich(richSection({ type: 'text', text: '*<!channel>*' }))), '*<!channel>*'],
    ['in an alternative text', message(image({ alt_text: '*a*' })), '*a*'],
    ['a single mark', shown('5 * 3 and snake_case_name and a*b*c'), '5 * 3 and snake_case_name and a*b*c'],
    ['an address in a link of ours', shown('<https://github.com/www.evil|www.evil.example>'), 'www.evil'],
    ['a mark in the address of a link of ours', shown('<https://github.com/*a*|\u2060*\u2060a\u2060*\u2060>'), '*a*'],
    ['in our own formatting', shown('*Won: Mug*, see `/prizedraw winners`, <@U1>'), 'Mug'],
    ['an address as it stands', shown('https://a.example', { verbatim: true }), 'https://a.example'],
    ['an address in a notification', { text: 'https://a.example', blocks: [section()] }, 'https://a.example'],
    ['an emoji code in a notification', { text: ':tada:', blocks: [section()] }, ':tada:'],
    ['a time of day', shown('at 10:30:15'), 'at 10:30:15'],
    ['not there', shown('*Words*'), '*bold*'],
    ['empty', shown('*Words*'), ''],
  ])('takes what is %s', (_, candidate, words) => {
    expect(validateLiteral(candidate, [words])).toEqual([]);
  });
});
