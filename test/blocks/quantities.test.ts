import { describe, expect, it } from 'vitest';
import type { DrawStatus } from '../../src/draw/status.ts';
import { announcement } from '../../src/slack/blocks/announcement.ts';
import { controlPanel } from '../../src/slack/blocks/panel.ts';
import { prizesProblem, startSyntaxText } from '../../src/slack/blocks/starting.ts';
import { prizesAnswer, statusAnswer } from '../../src/slack/blocks/status.ts';
import { validateMessage } from '../support/block-kit.ts';
import { visibleText } from '../support/workspace/read.ts';

const NOW = new Date('2024-05-06T07:08:00Z');
const DRAW = { channel: 'C0123456789', id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11' };

const status = (prizes: readonly string[]): DrawStatus => ({
  state: 'DRAW_OPEN_NO_ENTRANTS',
  closesIn: undefined,
  entrants: 0,
  prizes,
  logins: [],
  entered: [],
  drawId: DRAW.id,
  phase: undefined,
  commitment: undefined,
});

const open = (prizes: readonly string[]) =>
  announcement({
    kind: 'open',
    draw: DRAW.id,
    channel: DRAW.channel,
    prizes,
    entrants: 0,
    closesAt: undefined,
    lastChange: undefined,
  });
const closed = (prizes: readonly string[]) =>
  announcement({
    kind: 'closed',
    prizes,
    entrants: 0,
    ending: 'nobody_entered',
    lastChange: undefined,
    reason: undefined,
  });
const panel = (prizes: readonly string[]) =>
  controlPanel([{ channel: DRAW.channel, isHome: true, status: status(prizes), problem: undefined }], NOW, {
    said: undefined,
    left: 0,
    problems: [],
  });

/** Every message that lists prizes, as a person reads it, and as a phone reads it out. */
const LISTS: readonly (readonly [string, (prizes: readonly string[]) => string])[] = [
  ['the announcement', (prizes) => visibleText(open(prizes))],
  ['the announcement, read out', (prizes) => open(prizes).text],
  ['the closed announcement', (prizes) => visibleText(closed(prizes))],
  ['the closed announcement, read out', (prizes) => closed(prizes).text],
  ['/prizedraw prizes', (prizes) => prizesAnswer(status(prizes)).map(visibleText).join('\n')],
  ['/prizedraw status', (prizes) => visibleText(statusAnswer(status(prizes), DRAW, [], NOW))],
  ['the control panel', (prizes) => visibleText(panel(prizes))],
];

/** As many of a kind as a start stores. */
const kind = (name: string, quantity: number): string[] =>
  Array.from({ length: quantity }, (_, index) => `${name} (${index + 1} of ${quantity})`);

describe.each(LISTS)('prizes of a kind in %s', (_what, list) => {
  it('are shown together', () => {
    expect(list(['A book', ...kind('Sticker', 3)])).toMatch(/• {2}A book\n• {2}3 × Sticker(?:\n|$)/);
  });

  it('are counted as they are there, where another program has taken some', () => {
    expect(list(['Sticker (1 of 3)', 'Sticker (3 of 3)'])).toMatch(/• {2}2 × Sticker(?:\n|$)/);
    expect(list(['Sticker (2 of 3)'])).toContain('•  Sticker (2 of 3)');
  });

  it('are each counted where there is no room for all kinds', () => {
    const prizes = Array.from({ length: 100 }, (_, index) => kind(`Kind ${index + 1}`.padEnd(600, '-long'), 5)).flat();
    const text = list(prizes);
    const shown = text.match(/5 × Kind/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(100);
    expect(text).toContain(`… and ${500 - shown * 5} more prizes`);
  });
});

describe('500 prizes of a kind or several', () => {
  it('are 500 prizes in five lines', () => {
    const prizes = ['A', 'B', 'C', 'D', 'E'].flatMap((name) => kind(name, 100));
    const lines = ['A', 'B', 'C', 'D', 'E'].map((name) => `•  100 × ${name}`).join('\n');
    expect(visibleText(open(prizes))).toContain(`*500 prizes to win*\n${lines}\n`);
    expect(open(prizes).text).toContain(`500 prizes to win.\n${lines}\n`);
    expect(prizesAnswer(status(prizes))).toHaveLength(1);
  });

  it('keep within what Slack takes', () => {
    const prizes = ['A', 'B', 'C', 'D', 'E'].flatMap((name) => kind(name.repeat(2990), 100));
    for (const message of [open(prizes), closed(prizes), panel(prizes), ...prizesAnswer(status(prizes))]) {
      expect(validateMessage(message)).toEqual([]);
    }
    const text = prizesAnswer(status(prizes)).map(visibleText).join('\n');
    expect(text).toContain(`100 × ${'E'.repeat(2990)}`);
  });
});

describe('quantities that are refused', () => {
  it.each([
    [
      prizesProblem({ kind: 'too_many', count: 501 }),
      'These are 501 prizes, and a draw has 500 at most. Leave out 1, or give them in another draw.',
    ],
    [
      prizesProblem({ kind: 'quantity', prizes: [{ name: 'Cap', quantity: 0 }] }),
      'There can be 1 to 100 of a kind, so not: “0 × Cap”. Change the number',
    ],
    [prizesProblem({ kind: 'quantity', prizes: [{ name: 'Cap', quantity: 101 }] }), '“101 × Cap”'],
    [prizesProblem({ kind: 'twice', prizes: ['Sticker (2 of 3)'] }), 'Given twice: “Sticker (2 of 3)”.'],
    [
      prizesProblem({ kind: 'twice', prizes: ['Mug'] }),
      'Several of a kind: 3x "Sticker", or 3x Sticker in the dialog.',
    ],
    [
      startSyntaxText({ kind: 'two_quantities', text: 'Mug' }),
      'How many there are of “Mug” stands there twice, so no draw was started. Say it once, as in 3x "Sticker".',
    ],
    [startSyntaxText({ kind: 'stray', text: '3' }), 'how many there are stands before them, as in 3x "Sticker".'],
  ])('%s', (said, words) => {
    expect(said).toContain(words);
  });
});
