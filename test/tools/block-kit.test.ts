import { describe, expect, it } from 'vitest';
import {
  actions,
  button,
  chars,
  confirm,
  image,
  message,
  mrkdwn,
  option,
  plain,
  rich,
  richSection,
  section,
  select,
  textInput,
  times,
} from '../support/block-kit/samples.ts';
import { validateMessage } from '../support/block-kit.ts';

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
