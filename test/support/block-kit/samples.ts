/** Parts of messages and dialogs as Slack takes them; a test spoils one at a time. */

export const chars = (length: number): string => 'x'.repeat(length);
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
export const plain = (text = 'Words', more: object = {}) => ({ type: 'plain_text', text, ...more });
export const mrkdwn = (text = '*Words*', more: object = {}) => ({ type: 'mrkdwn', text, ...more });
export const section = (more: object = {}) => ({ type: 'section', text: mrkdwn(), ...more });
export const button = (more: object = {}) => ({ type: 'button', text: plain('Press'), ...more });
export const image = (more: object = {}) => ({
  type: 'image',
  image_url: 'https://example.org/a.png',
  alt_text: 'A',
  ...more,
});
export const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
export const option = (value = 'v', more: object = {}) => ({ text: plain('Option'), value, ...more });
export const select = (more: object = {}) => ({ type: 'static_select', action_id: 's', options: [option()], ...more });
export const conversations = (more: object = {}) => ({ type: 'conversations_select', action_id: 'c', ...more });
export const textInput = (more: object = {}) => ({ type: 'plain_text_input', action_id: 't', ...more });
export const input = (element: object = textInput(), more: object = {}) => ({
  type: 'input',
  block_id: 'i',
  label: plain('Label'),
  element,
  ...more,
});
export const confirm = (more: object = {}) => ({
  title: plain(),
  text: plain(),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...more,
});
export const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements });
export const richSection = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
export const message = (...blocks: unknown[]) => ({ text: 'Words', blocks });
export const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks: [input()],
  ...more,
});
