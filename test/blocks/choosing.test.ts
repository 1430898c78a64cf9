import { describe, expect, it } from 'vitest';
import type { DrawEntry } from '../../src/draw/registry.ts';
import { chooseAnswer, inDraw } from '../../src/slack/blocks/choosing.ts';
import { note } from '../../src/slack/blocks/parts.ts';
import { mrkdwn } from '../../src/slack/blocks/text.ts';
import { winnersAnswer } from '../../src/slack/blocks/winners.ts';
import { validateMessage } from '../support/block-kit.ts';
import { ordinary, times } from '../support/blocks/winners.ts';
import { buttons, objects, visibleText } from '../support/workspace/read.ts';

const NOW = new Date('2024-05-06T07:08:00Z');
const CLOSE = { name: 'close', label: 'Close draw' };

const entry = (channel: string, more: Partial<DrawEntry> = {}): DrawEntry => ({
  channel,
  id: `d-${channel}`,
  phase: 'open',
  closesAt: undefined,
  ...more,
});
const values = (message: unknown) =>
  objects(message).flatMap(({ type, value }) => (type === 'button' ? [String(value)] : []));

describe('the draws that could be meant', () => {
  const two = [entry('C0A'), entry('C0B', { closesAt: NOW.getTime() + 20 * 60_000 })];

  it('are each there with a button that does what was typed', () => {
    const answer = chooseAnswer(two, CLOSE, 'because it is late', NOW);
    expect(visibleText(answer)).toContain('There are 2 draws that could be meant. Which one?');
    expect(visibleText(answer)).toContain('`/prizedraw close in #channel`');
    expect(buttons(answer)).toEqual(['Close draw', 'Close draw']);
    expect(values(answer)).toEqual(['close C0A d-C0A because it is late', 'close C0B d-C0B because it is late']);
    expect(values(chooseAnswer(two, CLOSE, '', NOW))).toEqual(['close C0A d-C0A', 'close C0B d-C0B']);
  });

  it.each<[Partial<DrawEntry>, string]>([
    [{}, '🎁 <#C0A>: open'],
    [{ closesAt: NOW.getTime() + 20 * 60_000 }, '🎁 <#C0A>: open, closes <!date^1714980480^'],
    // Its timer is over, and nobody has noted that yet.
    [{ closesAt: NOW.getTime() }, '🎁 <#C0A>: closed'],
    [{ phase: 'closed' }, '🎁 <#C0A>: closed'],
    [{ phase: 'committed' }, '🎁 <#C0A>: closed'],
    [{ phase: 'won' }, '🎁 <#C0A>: the winners are out'],
  ])('say how they stand: %j', (more, words) => {
    const answer = chooseAnswer([entry('C0A', more), entry('C0B')], CLOSE, '', NOW);
    expect(visibleText(answer.blocks[1]).split('\n')[0]?.startsWith(words)).toBe(true);
  });

  it.each([
    [48, 48, 0],
    [49, 47, 2],
    [120, 47, 73],
  ])('are as many as a message holds, and the rest is counted: %i', (count, shown, left) => {
    const answer = chooseAnswer(
      times(count, (index) => entry(`C0${index}`, { closesAt: NOW.getTime() + 60_000 })),
      CLOSE,
      'x'.repeat(5000),
      NOW,
    );
    expect(buttons(answer)).toHaveLength(shown);
    expect(visibleText(answer).includes(`… and ${left} more draws. Say which channel you mean.`)).toBe(left > 0);
    expect(validateMessage(answer)).toEqual([]);
  });
});

describe('an answer about a draw in another channel', () => {
  it('says which channel', () => {
    const answer = inDraw(note(mrkdwn`Said.`), 'C0OTHER', { home: 'C0HOME', drawHere: undefined });
    expect(visibleText(answer)).toBe('The draw in <#C0OTHER>\nSaid.');
    expect(answer.text).toBe('Said.');
  });

  it('stays as it is where a message holds no more blocks', () => {
    const [full = note(mrkdwn`None.`)] = winnersAnswer(ordinary(60), []);
    expect(full.blocks).toHaveLength(50);
    expect(inDraw(full, 'C0OTHER', { home: 'C0HOME', drawHere: undefined })).toEqual(full);
  });
});
