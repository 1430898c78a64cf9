import { describe, expect, it } from 'vitest';
import { validateLiteral } from '../support/block-kit.ts';
import { HAZARDS } from '../support/blocks/foreign.ts';
import { readable } from '../support/blocks/readable.ts';
import { winnersAnnouncement } from '../support/blocks/winners.ts';

describe('a prize in bold', () => {
  const first = (prize: string): unknown =>
    winnersAnnouncement([
      { prize, login: 'ada', name: 'Ada', image: 'https://a.example/1', member: undefined },
    ])[0]?.blocks.slice(1);

  it.each([
    'Mug',
    '  a mug, with blanks around ',
    'Sticker (1 of 3)',
    '“The” book!',
    '🎁 gift',
    'gift 🎁',
    '当たり',
    'Café',
    'a.b_c~d`e@f#g:h',
    'Salt & pepper',
    'C',
    '!',
  ])('is our marks around it: %j', (prize) => {
    expect(first(prize)).toEqual([expect.objectContaining({ type: 'section', accessory: expect.anything() })]);
    const [line = ''] = readable(first(prize)).split('\n');
    expect(line.replaceAll('\u2060', '')).toBe(`*${prize.trim()}*`);
    // Beside an invisible character, marks make nothing bold.
    expect(line).toMatch(/^\*[^\s\u2060*].*(?<![\s\u2060*])\*$/);
  });

  it.each([
    ...['*Mug*', 'Mug * 2', '*', '**', '* Mug', 'Mug*', '_Mug_', '~Mug~', '`Mug`', '@here', '#general', ':tada:'],
    ...[
      '.net mug',
      'Dinner for two.',
      '> quoted',
      'Mug >',
      '<b>',
      '\u200bMug',
      'Mug\u200b',
      '\u202eMug\u202c',
      'Mug\u2060',
    ],
  ])('is rich text, which knows no marks, where those might not do: %j', (prize) => {
    expect(first(prize)).toEqual([
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: prize.trim(), style: { bold: true } }] },
        ],
      },
      expect.objectContaining({ type: 'section', accessory: expect.anything() }),
    ]);
  });

  it.each(HAZARDS)('is literal, and bold: %j', (prize) => {
    const blocks = first(prize);
    expect(validateLiteral({ text: 'Words', blocks }, [prize])).toEqual([]);
    expect(JSON.stringify(blocks)).toMatch(/"bold":true|"text":"\*[^*]+\*\\n/);
  });
});
