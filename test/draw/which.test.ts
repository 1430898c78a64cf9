import { describe, expect, it } from 'vitest';
import { PHASES, type Phase } from '../../src/draw/record.ts';
import type { DrawEntry } from '../../src/draw/registry.ts';
import { type AppliesTo, which } from '../../src/draw/which.ts';

const NOW = 1_800_000_000_000;
const HOME = 'C0HOME';

const entry = (channel: string, phase: Phase, closesAt?: number): DrawEntry => ({
  channel,
  id: `in ${channel}`,
  phase,
  closesAt,
});

/** Draws as they may be at one moment, each in a channel of its own. */
const OPEN = entry('C0OPEN', 'open');
const TIMED = entry('C0TIMED', 'open', NOW + 1);
const JUST_OVER = entry('C0OVER', 'open', NOW);
const CLOSED = entry('C0CLOSED', 'closed');
const COMMITTED = entry('C0COMMITTED', 'committed');
const WON = entry('C0WON', 'won');
const CANCELLED = entry('C0CANCELLED', 'cancelled');

const asked = (typedIn = 'C0ELSEWHERE', named?: string) => ({ typedIn, named, home: HOME, now: NOW });

/** The channels of the draws that are meant. */
function meant(entries: readonly DrawEntry[], appliesTo: AppliesTo, typedIn?: string, named?: string): string {
  const answer = which(entries, appliesTo, asked(typedIn, named));
  return answer.kind === 'one' ? answer.channel : answer.entries.map(({ channel }) => channel).join(' or ');
}

describe('which draw a command means', () => {
  const rows: ReadonlyArray<readonly [string, readonly DrawEntry[], string, string | undefined, string]> = [
    ['the one that is named, also where there is none', [OPEN], 'C0OPEN', 'C0NAMED', 'C0NAMED'],
    ['the one of the channel where it was typed', [OPEN, TIMED], 'C0TIMED', undefined, 'C0TIMED'],
    ['the only one, wherever it was typed', [OPEN, WON], 'C0ELSEWHERE', undefined, 'C0OPEN'],
    ['the only one, also where that of this channel is over', [OPEN, WON], 'C0WON', undefined, 'C0OPEN'],
    ['the home channel’s, where there is none', [WON, CLOSED], 'C0WON', undefined, HOME],
    ['the home channel’s, where there has never been one', [], 'C0ELSEWHERE', undefined, HOME],
    ['one of several, in their order', [TIMED, OPEN], 'C0ELSEWHERE', undefined, 'C0TIMED or C0OPEN'],
    [
      'one of several, the home channel’s among them',
      [entry(HOME, 'open'), OPEN],
      'C0X',
      undefined,
      `${HOME} or C0OPEN`,
    ],
  ];

  it.each(rows)('is %s', (_what, entries, typedIn, named, channel) => {
    expect(meant(entries, 'open', typedIn, named)).toBe(channel);
  });
});

describe('the draws that a step can apply to', () => {
  const all = [OPEN, TIMED, JUST_OVER, CLOSED, COMMITTED, WON, CANCELLED];

  it.each<[AppliesTo, string, readonly DrawEntry[]]>([
    ['open', 'whose timer has not run out', [OPEN, TIMED]],
    ['pickable', 'that are open, or have closed and wait', [OPEN, TIMED, JUST_OVER, CLOSED]],
    ['entered', 'whose timer has not run out', [OPEN, TIMED]],
    ['changeable', 'that are open, or have closed and wait', [OPEN, TIMED, JUST_OVER, CLOSED]],
    ['on', 'that are not over', [OPEN, TIMED, JUST_OVER, CLOSED, COMMITTED]],
    ['won', 'that have winners', [WON]],
    ['any', 'all there are', all],
  ])('%s: those %s', (appliesTo, _what, able) => {
    for (const one of all) {
      const others = [one, entry('C0SECOND', one.phase, one.closesAt)];
      expect([one.channel, meant(others, appliesTo)]).toEqual([
        one.channel,
        able.includes(one) ? `${one.channel} or C0SECOND` : HOME,
      ]);
    }
  });

  it('are told by every phase there is', () => {
    for (const phase of PHASES) {
      expect(meant([entry('C1', phase), entry('C2', phase)], 'any')).toBe('C1 or C2');
    }
  });
});
