import { describe, expect, it } from 'vitest';
import {
  button,
  chars,
  conversations,
  input,
  modal,
  mrkdwn,
  option,
  plain,
  section,
  select,
  textInput,
  times,
} from '../support/block-kit/samples.ts';
import { validateAck, validateView } from '../support/block-kit.ts';

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
    [
      'a choice of a channel',
      modal({
        blocks: [
          input(
            conversations({
              initial_conversation: 'C0123456789',
              filter: { include: ['public', 'private'], exclude_bot_users: true },
              placeholder: plain(chars(150)),
              response_url_enabled: true,
            }),
          ),
        ],
      }),
    ],
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
      'a channel by its name',
      form(conversations({ initial_conversation: '#general' })),
      /initial_conversation: is no ID/,
    ],
    ['a filter that filters nothing', form(conversations({ filter: {} })), /filter: filters nothing/],
    ['a filter without kinds', form(conversations({ filter: { include: [] } })), /filter\.include: .*1/],
    ['an unknown kind of channel', form(conversations({ filter: { include: ['secret'] } })), /filter\.include\[0\]/],
    ['options of channels', form(conversations({ options: [option()] })), /element: .*options/],
    [
      'a response address for what is no input',
      modal({ blocks: [section({ accessory: conversations({ response_url_enabled: true }) })] }),
      /accessory\.response_url_enabled/,
    ],
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
