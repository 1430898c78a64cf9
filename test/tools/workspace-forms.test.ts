import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillIn } from '../support/workspace/inputs.ts';
import { clickPayload } from '../support/workspace/payloads.ts';
import { type Slack, startSlack } from '../support/workspace/slack.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const [short, long] = [
  { text: plain('Short'), value: 's' },
  { text: plain('Long'), value: 'l' },
];

const fields = [
  { type: 'input', block_id: 'id', label: plain('GitHub ID'), element: { type: 'plain_text_input', action_id: 'v' } },
  {
    type: 'input',
    block_id: 'length',
    label: plain('How long'),
    element: { type: 'static_select', action_id: 'v', options: [short, long], initial_option: short },
  },
  {
    type: 'input',
    block_id: 'where',
    label: plain('Where'),
    element: { type: 'conversations_select', action_id: 'v', initial_conversation: 'C0HOME' },
  },
];

/** Buttons with the same words, in a row and beside a text. */
const twins = [
  { type: 'section', text: plain('One'), accessory: { type: 'button', action_id: 'a', text: plain('Go'), value: '1' } },
  {
    type: 'actions',
    elements: ['2', '3'].map((value) => ({ type: 'button', action_id: value, text: plain('Go'), value })),
  },
];

let slack: Slack;

beforeAll(async () => {
  slack = await startSlack({ scopes: [] });
});
afterAll(() => slack.close());

test('a dialog is filled in by label, block ID, option text or value, and keeps what is not named', () => {
  const view = { id: 'V1', blocks: fields };
  expect(fillIn(view, { 'GitHub ID': 'ada' })).toEqual({
    id: { v: { type: 'plain_text_input', value: 'ada' } },
    length: { v: { type: 'static_select', selected_option: { text: plain('Short'), value: 's' } } },
    where: { v: { type: 'conversations_select', selected_conversation: 'C0HOME' } },
  });
  expect(fillIn(view, { Where: 'C0OTHER' })).toMatchObject({ where: { v: { selected_conversation: 'C0OTHER' } } });
  expect(fillIn(view, { Where: '' })).toMatchObject({ where: { v: { selected_conversation: null } } });
  expect(fillIn(view, { length: 'l' })).toMatchObject({ length: { v: { selected_option: { value: 'l' } } } });
  expect(() => fillIn(view, { Colour: 'red' })).toThrow('"GitHub ID", "How long", "Where"');
  expect(() => fillIn(view, { length: 'Endless' })).toThrow('"Short", "Long"');
});

test('a button is found by its words, and by its place among those with the same words', () => {
  const by = { name: 'ada', user: 'U1', triggerId: '1', responseUrl: 'http://127.0.0.1' };
  const clicked = (nth: number) =>
    clickPayload(by, slack, { label: 'Go', nth }, { channel: slack.channels.random, blocks: twins });
  for (const [nth, value] of ['1', '2', '3'].entries()) {
    expect(clicked(nth)).toMatchObject({ actions: [{ value, type: 'button' }] });
  }
  expect(() => clicked(3)).toThrow('There is no button "Go" here.');
});
