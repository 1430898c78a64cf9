import { describe, expect, it } from 'vitest';
import { naturalOrder } from '../../src/draw/prizes.ts';
import type { Winner } from '../../src/draw/types.ts';
import type { Message } from '../../src/slack/blocks/text.ts';
import { winnersAnnouncement, winnersAnswer } from '../../src/slack/blocks/winners.ts';
import { validateMessage } from '../support/block-kit.ts';
import { readable, textLength } from '../support/blocks/readable.ts';
import { images } from '../support/workspace/read.ts';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Ordinary names; the prizes in natural order. */
function ordinary(count: number): Winner[] {
  return times(count, (index) => ({
    prize: `Sticker ${count - index}`,
    login: `member-${index}`,
    name: `Margaret Hamilton ${index}`,
    image: `https://avatars.githubusercontent.com/u/${index}?v=4`,
    member: index % 2 === 0 ? `U0123456${index}` : undefined,
  })).toSorted((a, b) => naturalOrder(a.prize, b.prize));
}

const widest = (count: number, prize: string): Winner[] =>
  times(count, (index) => ({
    prize: `${prize}${index}`,
    login: `${index}`.padStart(39, 'a'),
    name: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(4),
    image: `https://avatars.example/${index}`,
    member: 'U0123456789A',
  }));

const pictures = (messages: readonly Message[]): string[] => messages.flatMap(images).map(({ image_url }) => image_url);
const all = (winners: readonly Winner[]): string[] => winners.map(({ image }) => image);

describe('the announcement of the winners', () => {
  it.each([
    [1, [2]],
    [48, [49]],
    [49, [50]],
    [50, [50, 1]],
    [51, [50, 2]],
    [99, [50, 50]],
    [100, [50, 50, 1]],
    [120, [50, 50, 21]],
    [121, [50, 50, 22]],
    [2000, [...times(40, () => 50), 1]],
  ])('of %i makes as few messages as 50 blocks allow, in order, none missing', (count, blocks) => {
    const winners = ordinary(count);
    const messages = winnersAnnouncement(winners);
    expect(messages.map((message) => message.blocks.length)).toEqual(blocks);
    expect(pictures(messages)).toEqual(all(winners));
    expect(messages.flatMap(validateMessage)).toEqual([]);
  });

  it('says who won what, with the avatar, the link and the mention', () => {
    const [message] = winnersAnnouncement([
      { prize: '*Mug* & <more>', login: 'ada', name: 'Ada Lovelace', image: 'https://a.example/1', member: 'U0ADA' },
      { prize: 'Pen', login: 'linus', name: 'Linus', image: 'https://a.example/2', member: undefined },
    ]);
    expect(message).toMatchObject({
      text: 'The winners of the prize draw are out: 2 winners.',
      blocks: [
        { type: 'header', text: { text: '🏆 And the winners are…' } },
        {
          text: { type: 'mrkdwn', text: '<https://github.com/ada|ada> · <@U0ADA>' },
          fields: [
            { type: 'plain_text', text: 'Ada Lovelace' },
            { type: 'plain_text', text: '🎁 *Mug* & <more>' },
          ],
          accessory: { type: 'image', image_url: 'https://a.example/1', alt_text: 'Avatar of Ada Lovelace' },
        },
        { text: { type: 'mrkdwn', text: '<https://github.com/linus|linus>' } },
      ],
    });
  });

  it('speaks of one winner in the singular', () => {
    expect(winnersAnnouncement(ordinary(1))[0]?.text).toBe('The winners of the prize draw are out: 1 winner.');
  });

  it('shows ordinary names whole, however many', () => {
    const winners = ordinary(120);
    const text = winnersAnnouncement(winners).map(readable).join('\n');
    for (const { prize, name } of winners) {
      expect(text).toContain(`🎁 ${prize}\n`.trimEnd());
      expect(text).toContain(name);
    }
    expect(text.replaceAll('And the winners are…', '')).not.toContain('…');
  });

  it.each([49, 50, 120])('of %i with long names keeps within the characters that Slack takes', (count) => {
    const winners = widest(count, 'A prize with a very long name, '.repeat(10));
    const messages = winnersAnnouncement(winners);
    expect(pictures(messages)).toEqual(all(winners));
    for (const message of messages) expect(textLength(message.blocks)).toBeLessThanOrEqual(9500);
    expect(messages.map(readable).join('\n')).toMatch(/🎁 A prize with a very long.*…/);
  });

  it('keeps within the characters that Slack takes, the heading counted', () => {
    for (let length = 100; length < 150; length++) {
      const [message] = winnersAnnouncement(
        ordinary(49).map((winner) => ({ ...winner, name: 'N'.repeat(60), prize: 'P'.repeat(length) })),
      );
      expect(textLength(message?.blocks), `prizes of ${length}`).toBeLessThanOrEqual(9500);
    }
  });

  it('keeps within them when another program wrote logins in other scripts', () => {
    const winners = ordinary(49).map((winner) => ({ ...winner, login: '当'.repeat(39) }));
    const [message] = winnersAnnouncement(winners);
    expect(textLength(message?.blocks)).toBeLessThanOrEqual(9500);
  });
});

describe('the answer to who won', () => {
  it('says that there are none yet', () => {
    expect(winnersAnswer([], ['ada']).map(readable)).toEqual([
      'No winners yet. See how the draw stands with `/prizedraw status`.',
    ]);
  });

  it('tells a winner so', () => {
    const winners = ordinary(3);
    const heading = (login: string | undefined) =>
      winnersAnswer(winners, login === undefined ? [] : ['another', login])
        .map(readable)
        .join('\n')
        .split('\n')[0];
    expect(heading('member-1')).toBe('🎉 *You won!* All the winners of the last draw:');
    expect(heading('member-7')).toBe('*The winners of the last draw:*');
    expect(heading(undefined)).toBe('*The winners of the last draw:*');
  });

  it.each([
    [49, 1],
    [50, 2],
    [98, 2],
    [120, 3],
    [249, 5],
  ])('shows %i winners in %i messages, in order, none missing', (count, many) => {
    const winners = ordinary(count);
    const messages = winnersAnswer(winners, []);
    expect(messages).toHaveLength(many);
    expect(pictures(messages)).toEqual(all(winners));
    expect(messages.flatMap(validateMessage)).toEqual([]);
  });

  it('makes as few messages as 50 blocks allow', () => {
    expect(winnersAnswer(ordinary(99), [])).toHaveLength(2);
  });

  it('counts those that do not fit in the messages that Slack takes as answers', () => {
    const messages = winnersAnswer(ordinary(2000), []);
    expect(messages).toHaveLength(5);
    const left = 2000 - pictures(messages).length;
    expect(messages.map(readable).join('\n').replace(',', '')).toMatch(new RegExp(`… and ${left} more winners\\.$`));
  });

  it('gives the place of one that just does not fit to the line that counts', () => {
    const messages = winnersAnswer(ordinary(250), []);
    expect(pictures(messages)).toHaveLength(248);
    expect(messages.map(readable).join('\n')).toMatch(/… and 2 more winners\.$/);
  });
});
