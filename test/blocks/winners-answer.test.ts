import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/slack/blocks/text.ts';
import { winnersAnswer } from '../../src/slack/blocks/winners.ts';
import { validateMessage } from '../support/block-kit.ts';
import { readable, textLength } from '../support/blocks/readable.ts';
import { all, ordinary, pictures, widest, winnersAnnouncement } from '../support/blocks/winners.ts';

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

  it('looks as the announcement does', () => {
    const blocksOf = (message: Message | undefined) => message?.blocks.slice(1);
    expect(blocksOf(winnersAnswer(ordinary(20), [])[0])).toEqual(blocksOf(winnersAnnouncement(ordinary(20))[0]));
  });

  it.each(['A prize with a very long name, ', '&', 'x.', '*'])(
    'keeps within what Slack takes with prizes of %j',
    (text) => {
      const winners = widest(300, text.repeat(150));
      const messages = winnersAnswer(winners, []);
      expect(messages.length).toBeLessThanOrEqual(5);
      expect(messages.flatMap(validateMessage)).toEqual([]);
      for (const message of messages) expect(textLength(message.blocks)).toBeLessThanOrEqual(9500);
      const shown = pictures(messages);
      expect(shown).toEqual(all(winners).slice(0, shown.length));
      expect(shown.length).toBeGreaterThan(30);
      expect(messages.map(readable).join('\n')).toMatch(new RegExp(`… and ${300 - shown.length} more winners\\.$`));
    },
  );

  it('counts two where one would not have fitted', () => {
    const long = widest(300, 'x'.repeat(150));
    const room = pictures(winnersAnswer(long, [])).length + 1;
    const text = (count: number) => winnersAnswer(long.slice(0, count), []).map(readable).join('\n');
    expect(text(room)).not.toMatch(/… and/);
    expect(text(room + 1)).toMatch(/… and 2 more winners\.$/);
  });

  it('gives the place of one that just does not fit to the line that counts', () => {
    const messages = winnersAnswer(ordinary(250), []);
    expect(pictures(messages)).toHaveLength(248);
    expect(messages.map(readable).join('\n')).toMatch(/… and 2 more winners\.$/);
  });
});
