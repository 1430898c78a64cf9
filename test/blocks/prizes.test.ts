import { describe, expect, it } from 'vitest';
import type { DrawStatus } from '../../src/draw/status.ts';
import type { DrawState } from '../../src/draw/types.ts';
import { prizesAnswer } from '../../src/slack/blocks/status.ts';
import type { Message } from '../../src/slack/blocks/text.ts';
import { validateMessage } from '../support/block-kit.ts';
import { textLength } from '../support/blocks/readable.ts';
import { visibleText } from '../support/workspace/read.ts';

const status = (state: DrawState, more: Partial<DrawStatus> = {}): DrawStatus => ({
  state,
  closesIn: undefined,
  entrants: 0,
  prizes: ['Mug'],
  logins: [],
  entered: [],
  drawId: '',
  phase: undefined,
  commitment: undefined,
  ...more,
});

describe('the prizes', () => {
  it.each([
    ['NO_DRAW', [], /No draw is running/],
    ['DRAW_OPEN_NO_ENTRANTS', ['Mug'], /Prizes to win[\s\S]*Mug/],
    ['DRAW_CLOSED_WITH_ENTRANTS', ['Mug'], /Prizes to win[\s\S]*Mug/],
    ['DRAW_WON', ['Mug'], /Prizes that nobody won[\s\S]*Mug/],
    ['DRAW_WON', [], /Every prize has been won/],
  ] as const)('of %s: %j', (state, prizes, words) => {
    const answer = prizesAnswer(status(state, { prizes }));
    expect(answer).toHaveLength(1);
    expect(visibleText(answer[0])).toMatch(words);
  });

  const answered = (prizes: readonly string[]): readonly Message[] =>
    prizesAnswer(status('DRAW_OPEN_NO_ENTRANTS', { prizes }));
  const many = (count: number, length: number): string[] =>
    Array.from({ length: count }, (_, index) => `Prize ${index + 1}`.padEnd(length, '-long'));
  /** The prizes that a person reads, a line each. */
  const read = (messages: readonly Message[]): string[] =>
    messages
      .flatMap((message) => message.blocks.slice(1))
      .filter(({ type }) => type === 'section')
      .flatMap((block) => visibleText(block).split('\n'))
      .map((line) => line.replace(/^• {2}/, ''));

  it.each([
    [1, 3000, 1],
    [1, 2999, 1],
    [2, 2000, 1],
    [3, 3000, 1],
    [4, 3000, 2],
    [14, 3000, 5],
    [100, 30, 1],
    [500, 5, 1],
    [500, 80, 5],
    [500, 88, 5],
  ])('are all there, and whole: %i of %i characters, in %i messages', (count, length, messages) => {
    const prizes = many(count, length);
    const answer = answered(prizes);
    expect(read(answer)).toEqual(prizes);
    expect(answer).toHaveLength(messages);
    expect(answer.flatMap(validateMessage)).toEqual([]);
    for (const { blocks } of answer) expect(textLength(blocks)).toBeLessThanOrEqual(9500);
    expect(answer.map(visibleText).join()).not.toContain('…');
  });

  it('are plain text, a line each, with what to do next at the end alone', () => {
    expect(answered(['*Mug*', '<!channel>', 'A\nB'])[0]?.blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: '*Prizes to win:*' }, expand: true },
      {
        type: 'section',
        text: { type: 'plain_text', text: '•  *Mug*\n•  <!channel>\n•  A B', emoji: false },
        expand: true,
      },
      expect.objectContaining({ type: 'context' }),
    ]);
    const several = answered(many(300, 80)).map(visibleText);
    expect(several.map((text) => text.split('\n')[0])).toEqual([
      '*Prizes to win:*',
      '*More prizes:*',
      '*More prizes:*',
    ]);
    expect(several.map((text) => text.includes('Enter with'))).toEqual([false, false, true]);
  });

  it.each([
    [500, 600],
    [20, 3000],
    [5000, 20],
  ])('are counted where the messages of an answer do not hold them: %i of %i characters', (count, length) => {
    const prizes = many(count, length);
    const answer = answered(prizes);
    expect(answer).toHaveLength(5);
    expect(answer.flatMap(validateMessage)).toEqual([]);
    for (const { blocks } of answer) expect(textLength(blocks)).toBeLessThanOrEqual(9500);
    const shown = read(answer);
    expect(shown).toEqual(prizes.slice(0, shown.length));
    const left = (count - shown.length).toLocaleString('en');
    expect(visibleText(answer[4])).toContain(`… and ${left} more prizes. Enter with`);
    expect(answer.slice(0, 4).map(visibleText).join()).not.toContain('…');
  });

  it('speak of one that is left in the singular', () => {
    expect(visibleText(answered(many(16, 3000)).at(-1))).toContain('… and 1 more prize. Enter with');
  });

  it('are not said to be won while nobody could win', () => {
    const open = prizesAnswer(status('DRAW_OPEN_NO_ENTRANTS', { prizes: [] }));
    expect(open.map(visibleText).join()).not.toContain('Every prize has been won');
  });
});
