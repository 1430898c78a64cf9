import { expect, test } from 'vitest';
import { buttons, images, visibleText } from '../support/workspace/read.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

test('what a person sees is read from blocks, or from the text where there are none', () => {
  const image = { type: 'image', image_url: 'https://x/a.png', alt_text: 'Ada' };
  const blocks = [
    { type: 'header', text: plain('Head') },
    { type: 'section', text: { type: 'mrkdwn', text: '*a* &lt;' }, fields: [plain('f')], accessory: image },
    { type: 'context', elements: [image, plain('note')] },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'hi ' },
            { type: 'user', user_id: 'U1' },
          ],
        },
      ],
    },
    { type: 'actions', elements: [{ type: 'button', text: plain('Go'), confirm: { title: plain('Sure?') } }] },
  ];
  expect(visibleText({ text: 'unseen', blocks })).toBe('Head\n*a* &lt;\nf\nnote\nhi <@U1>\nGo');
  expect(visibleText({ text: 'seen', blocks: [] })).toBe('seen');
  expect(buttons({ blocks })).toEqual(['Go']);
  expect(images({ blocks })).toEqual([
    { image_url: 'https://x/a.png', alt_text: 'Ada' },
    { image_url: 'https://x/a.png', alt_text: 'Ada' },
  ]);
});
