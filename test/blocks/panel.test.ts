import { describe, expect, it } from 'vitest';
import type { DrawStatus } from '../../src/draw/status.ts';
import { DRAW_STATES, type DrawState } from '../../src/draw/types.ts';
import { controlPanel, PANEL_DRAWS, type PanelDraw } from '../../src/slack/blocks/panel.ts';
import { mrkdwn } from '../../src/slack/blocks/text.ts';
import { parseRef } from '../../src/slack/draw-ref.ts';
import { validateMessage } from '../support/block-kit.ts';
import { buttons, objects, visibleText } from '../support/workspace/read.ts';

const NOW = new Date('2024-05-06T07:08:00Z');
const HOME = 'C0HOME';
const OTHER = 'C0OTHER';
const QUIET = { said: undefined, left: 0, problems: [] };

const draw = (state: DrawState, more: Partial<DrawStatus> = {}, place: Partial<PanelDraw> = {}): PanelDraw => ({
  channel: HOME,
  isHome: true,
  problem: undefined,
  status: {
    state,
    closesIn: undefined,
    entrants: 0,
    prizes: ['Mug'],
    logins: [],
    entered: [],
    drawId: 'd1',
    phase: undefined,
    commitment: undefined,
    ...more,
  },
  ...place,
});
const elsewhere = (state: DrawState, more: Partial<DrawStatus> = {}): PanelDraw =>
  draw(state, { drawId: 'd2', ...more }, { channel: OTHER, isHome: false });

const commitment = {
  id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11',
  version: 1,
  source: 'drand',
  chain: null,
  round: 7,
  entrants: 1,
  entrantsDigest: '',
  prizes: 1,
  prizesDigest: '',
  committedAt: '2026-01-02T03:04:05.678Z',
  pickedBy: '',
} as const;

/** What can be changed in a draw that is on. */
const CHANGES = ['Extend by 15 minutes', 'Cancel draw'];

describe('the control panel of the home channel’s draw alone', () => {
  const offered: Readonly<Record<DrawState, readonly string[]>> = {
    NO_DRAW: ['Start a draw'],
    DRAW_OPEN_NO_ENTRANTS: ['Close draw', ...CHANGES],
    DRAW_OPEN_WITH_ENTRANTS: ['Close draw', 'Pick winners', ...CHANGES],
    DRAW_CLOSED_NO_ENTRANTS: ['Start a draw', ...CHANGES],
    DRAW_CLOSED_WITH_ENTRANTS: ['Pick winners', ...CHANGES],
    DRAW_WON: ['Start a draw'],
  };

  it.each(DRAW_STATES)('has the buttons that make sense in %s', (state) => {
    expect(buttons(controlPanel([draw(state)], NOW, QUIET))).toEqual(offered[state]);
  });

  it.each(DRAW_STATES)('says what came of the last press, in %s', (state) => {
    expect(visibleText(controlPanel([draw(state)], NOW, { said: mrkdwn`Said.`, left: 0, problems: [] }))).toMatch(
      /^Prize draw: control panel\nSaid\.\n/,
    );
  });

  it('has the prizes and the number of entrants, and does not say which channel it is', () => {
    const of = draw('DRAW_OPEN_WITH_ENTRANTS', { entrants: 3, prizes: ['A', 'B'] });
    const text = visibleText(controlPanel([of], NOW, QUIET));
    expect(text).toContain('3 people have entered');
    expect(text).toContain('•  A\n•  B');
    expect(text).not.toContain('<#');
  });

  it.each([
    ['changed', 'another program kept changing the draw'],
    ['unreadable', 'a newer version of this bot had begun it'],
    ['unknown', 'The pick was given up.'],
  ] as const)('says that the last pick was given up, and why: %s', (reason, why) => {
    const of = draw('DRAW_CLOSED_WITH_ENTRANTS', { gaveUp: { at: 1, reason, isFinal: true } });
    const text = visibleText(controlPanel([of], NOW, QUIET));
    expect(text).toContain(why);
    expect(text).toMatch(/pick again/);
    expect(buttons(controlPanel([of], NOW, QUIET))).toEqual(['Pick winners', ...CHANGES]);
  });

  it('offers no second pick while the winners are being picked', () => {
    const of = draw('DRAW_CLOSED_WITH_ENTRANTS', { entrants: 1, commitment });
    expect(buttons(controlPanel([of], NOW, QUIET))).toEqual([]);
    expect(visibleText(controlPanel([of], NOW, QUIET))).toContain('The winners are being picked.');
  });

  it('says why nothing can be announced', () => {
    const of = draw('DRAW_OPEN_NO_ENTRANTS', {}, { problem: 'The channel *C1* is archived.' });
    expect(visibleText(controlPanel([of], NOW, QUIET))).toContain(
      '⚠️ Nothing can be announced at the moment. The channel *C1* is archived. It is tried again by itself',
    );
  });
});

describe('the control panel of a draw in another channel', () => {
  it('says which, and offers to start another one beside what can be done with it', () => {
    const panel = controlPanel([elsewhere('DRAW_OPEN_WITH_ENTRANTS', { entrants: 1 })], NOW, QUIET);
    expect(visibleText(panel)).toContain(`*The draw in* <#${OTHER}>`);
    expect(buttons(panel)).toEqual(['Close draw', 'Pick winners', ...CHANGES, 'Start a draw']);
  });
});

describe('the control panel of several draws', () => {
  const panel = controlPanel(
    [draw('DRAW_OPEN_NO_ENTRANTS', { prizes: ['Mug'] }), elsewhere('DRAW_CLOSED_WITH_ENTRANTS', { prizes: ['Pen'] })],
    NOW,
    QUIET,
  );

  it('says of each which channel it is in, and offers once to start another', () => {
    expect(visibleText(panel)).toMatch(
      /The draw in\* <#C0HOME>\n[\s\S]*open[\s\S]*Mug[\s\S]*The draw in\* <#C0OTHER>\n[\s\S]*closed[\s\S]*Pen/,
    );
    expect(buttons(panel)).toEqual(['Close draw', ...CHANGES, 'Pick winners', ...CHANGES, 'Start a draw']);
  });

  it('has buttons each for its own draw', () => {
    const values = objects(panel).flatMap(({ type, value }) => (type === 'button' ? [parseRef(String(value))] : []));
    const [home, other] = [
      { channel: HOME, id: 'd1' },
      { channel: OTHER, id: 'd2' },
    ];
    expect(values).toEqual([home, home, home, other, other, other, undefined]);
  });

  it('counts those that are not in it', () => {
    const some = controlPanel([draw('DRAW_OPEN_NO_ENTRANTS'), elsewhere('NO_DRAW')], NOW, { ...QUIET, left: 3 });
    expect(visibleText(some)).toContain('… and 3 more draws: `/prizedraw admin in #channel`');
  });

  it('takes as many as a message holds, each with as many prizes as there is room for', () => {
    const prizes = Array.from({ length: 500 }, (_, index) => `Prize ${index + 1} ${'x'.repeat(200)}`);
    const full = Array.from({ length: PANEL_DRAWS }, (_, index) =>
      draw(
        'DRAW_OPEN_WITH_ENTRANTS',
        { prizes, entrants: 2000, closesIn: 60_000 },
        { channel: `C0${index}`, isHome: index === 0, problem: 'p'.repeat(3000) },
      ),
    );
    const all = controlPanel(full, NOW, { said: mrkdwn`${'s'.repeat(300)}`, left: 9, problems: [] });
    expect(validateMessage(all)).toEqual([]);
    expect(visibleText(all).match(/^• {2}Prize 1 x/gm)).toHaveLength(PANEL_DRAWS);
    expect(visibleText(all).match(/… and 49\d more prizes/g)).toHaveLength(PANEL_DRAWS);
  });
});

it('says first what keeps the bot itself from working as it should', () => {
  const problem = 'Redis cannot be used: its memory is full (OOM).';
  const panel = controlPanel([draw('NO_DRAW')], NOW, { ...QUIET, problems: [problem] });
  expect(visibleText(panel)).toContain(`⚠️ ${problem}`);
});
