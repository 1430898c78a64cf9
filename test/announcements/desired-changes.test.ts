import { describe, expect, it } from 'vitest';
import { desired, type Facts, gistOf } from '../../src/announcements/desired.ts';
import type { LastChange } from '../../src/draw/last-change.ts';
import type { DrawRecord } from '../../src/draw/record.ts';
import { record, winners } from '../support/announcements/records.ts';

const NOTHING: Facts = { winners: [], inTime: null };

describe('what organisers changed last', () => {
  const added: LastChange = { kind: 'added', prizes: ['A cap'] };
  const said = (fields: Partial<DrawRecord>) => {
    const [opening] = desired(record(fields), NOTHING);
    return opening && 'lastChange' in opening.content ? opening.content.lastChange : 'nothing';
  };

  it.each<[Partial<DrawRecord>, unknown]>([
    [{ lastChange: added }, added],
    [{ lastChange: { kind: 'later', ms: 1 } }, { kind: 'later', ms: 1 }],
    [{ phase: 'closed', lastChange: added }, added],
    [{ phase: 'closed', lastChange: { kind: 'removed' } }, { kind: 'removed' }],
    [{ phase: 'committed', lastChange: added }, added],
    // Of a draw that has closed, when it was to close is no news.
    [{ phase: 'closed', lastChange: { kind: 'later', ms: 1 } }, undefined],
    [{ phase: 'closed', lastChange: { kind: 'timed' } }, undefined],
    [{ phase: 'closed', lastChange: { kind: 'reopened' } }, undefined],
    [{ phase: 'won', lastChange: added }, undefined],
    [{ phase: 'cancelled', lastChange: added }, undefined],
    [{ phase: 'replaced', lastChange: added }, undefined],
  ])('is said while it is news: %j', (fields, expected) => {
    expect(said(fields)).toEqual(expected);
  });
});

it('how many entrants were removed is said once, with the winners', () => {
  const removed = (count: number) =>
    desired(record({ phase: 'won', removed: count }), { winners: winners(21), inTime: null }).flatMap(({ content }) =>
      content.kind === 'winners' ? [content.removed] : [],
    );
  expect(removed(2)).toEqual([2, undefined]);
  expect(removed(0)).toEqual([undefined, undefined]);
});

describe('the gist of a message', () => {
  const gists = (...all: readonly Partial<DrawRecord>[]) =>
    all.map((fields) => desired(record(fields), NOTHING).map(({ content }) => gistOf(content))[0]);

  it('is another where nobody may miss what it says', () => {
    const important: Partial<DrawRecord>[] = [
      {},
      { closesAt: 5 },
      { prizes: ['A cap'] },
      { phase: 'closed' },
      { phase: 'closed', prizes: ['A cap'] },
      { phase: 'cancelled' },
      { phase: 'cancelled', cancelReason: 'rain' },
    ];
    expect(new Set(gists(...important)).size).toBe(important.length);
  });

  it('is the same where only numbers are others, or how it goes on after it has closed', () => {
    expect(new Set(gists({}, { entrants: 8 }, { lastChange: { kind: 'removed' } })).size).toBe(1);
    expect(new Set(gists({ phase: 'closed' }, { phase: 'won' }, { phase: 'closed', entrants: 0 })).size).toBe(1);
  });
});
