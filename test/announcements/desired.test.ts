import { describe, expect, it } from 'vitest';
import { type Content, contentDigest, type Desired, desired, type Facts } from '../../src/announcements/desired.ts';
import { type DrawRecord, PHASES, type Phase } from '../../src/draw/record.ts';
import { commitment, provenance, record, winners } from '../support/announcements/records.ts';

const NOTHING: Facts = { winners: [], inTime: null };

/** What messages there are, in short: "part: kind, what matters" and "(old)" where it is not worth posting any more. */
function shortly(messages: readonly Desired[]): string[] {
  return messages.map(({ part, content, isNews }) => `${part}: ${inShort(content)}${isNews ? '' : ' (old)'}`);
}

function inShort(content: Content): string {
  switch (content.kind) {
    case 'open':
      return `open, ${content.entrants} in`;
    case 'closed':
      return `closed, ${content.ending}`;
    case 'drawing':
      return `drawing, ${content.fate}`;
    case 'winners':
      return `${content.winners.length} of ${content.total} winners`;
  }
}

const awaited = { commitments: [commitment('pick-1')] };
const local = { commitments: [commitment('pick-1', null)] };
const again = { commitments: [commitment('pick-0', 1000), commitment('pick-1')] };
const used = { ...awaited, provenance: provenance() };

/** The fields of the record, the winners that are known, and the messages there are to be. */
type Row = readonly [string, Partial<DrawRecord>, number, readonly string[]];

const TABLE: readonly Row[] = [
  ['open', {}, 0, ['draw: open, 7 in']],
  ['open, nobody in yet', { entrants: 0 }, 0, ['draw: open, 0 in']],
  ['open, found by its winners', { isAnnounced: false }, 0, []],
  ['open, old news', { isOldNews: true }, 0, []],
  [
    'open again after a pick was withdrawn',
    awaited,
    0,
    ['draw: open, 7 in', 'drawing pick-1: drawing, withdrawn (old)'],
  ],

  ['closed', { phase: 'closed' }, 0, ['draw: closed, to_be_picked']],
  ['closed, nobody in', { phase: 'closed', entrants: 0 }, 0, ['draw: closed, nobody_entered']],
  [
    'closed, another program picks',
    { phase: 'closed', isPickedElsewhere: true },
    0,
    ['draw: closed, picked_elsewhere'],
  ],
  [
    'closed, nobody in, another program takes its prizes',
    { phase: 'closed', isPickedElsewhere: true, entrants: 0 },
    0,
    ['draw: closed, nobody_entered'],
  ],
  ['closed, not announced', { phase: 'closed', isAnnounced: false }, 0, []],
  [
    'closed after a pick was withdrawn',
    { phase: 'closed', ...awaited },
    0,
    ['draw: closed, to_be_picked', 'drawing pick-1: drawing, withdrawn (old)'],
  ],

  [
    'committed to a round',
    { phase: 'committed', ...awaited },
    0,
    ['draw: closed, to_be_picked', 'drawing pick-1: drawing, awaited'],
  ],
  [
    'committed to anew by a newer version',
    { phase: 'committed', ...awaited, isLastReadable: false },
    0,
    ['draw: closed, to_be_picked', 'drawing pick-1: drawing, withdrawn (old)'],
  ],
  ['committed to a seed of its own', { phase: 'committed', ...local }, 0, ['draw: closed, to_be_picked']],
  [
    'committed anew',
    { phase: 'committed', ...again },
    0,
    ['draw: closed, to_be_picked', 'drawing pick-0: drawing, withdrawn (old)', 'drawing pick-1: drawing, awaited'],
  ],
  ['committed, old news', { phase: 'committed', isOldNews: true, ...awaited }, 0, []],

  [
    'won by a round',
    { phase: 'won', ...used },
    1,
    ['draw: closed, won', 'drawing pick-1: drawing, used (old)', 'winners 1: 1 of 1 winners'],
  ],
  [
    'won by the second round that was committed to',
    { phase: 'won', ...again, provenance: provenance() },
    1,
    [
      'draw: closed, won',
      'drawing pick-0: drawing, withdrawn (old)',
      'drawing pick-1: drawing, used (old)',
      'winners 1: 1 of 1 winners',
    ],
  ],
  [
    'won by another program although a round was awaited',
    { phase: 'won', ...awaited },
    1,
    ['draw: closed, won', 'drawing pick-1: drawing, withdrawn (old)', 'winners 1: 1 of 1 winners'],
  ],
  ['won, not announced before', { phase: 'won', isAnnounced: false }, 1, ['winners 1: 1 of 1 winners']],
  ['won before the bot ran', { phase: 'won', isOldNews: true, ...used }, 20, []],
  ['won, its winners not known', { phase: 'won' }, 0, ['draw: closed, won']],
  ['won, one full message', { phase: 'won' }, 20, ['draw: closed, won', 'winners 1: 20 of 20 winners']],
  [
    'won, one more than a full message',
    { phase: 'won' },
    21,
    ['draw: closed, won', 'winners 1: 20 of 21 winners', 'winners 2: 1 of 21 winners'],
  ],
  [
    'won, three messages',
    { phase: 'won' },
    41,
    ['draw: closed, won', 'winners 1: 20 of 41 winners', 'winners 2: 20 of 41 winners', 'winners 3: 1 of 41 winners'],
  ],

  ['cancelled', { phase: 'cancelled' }, 0, ['draw: closed, cancelled (old)']],
  ['cancelled, nobody in', { phase: 'cancelled', entrants: 0 }, 0, ['draw: closed, cancelled (old)']],
  ['cancelled, not announced', { phase: 'cancelled', isAnnounced: false }, 0, []],
  [
    'cancelled while a round was awaited',
    { phase: 'cancelled', ...awaited },
    0,
    ['draw: closed, cancelled (old)', 'drawing pick-1: drawing, withdrawn (old)'],
  ],

  ['replaced', { phase: 'replaced' }, 0, ['draw: closed, replaced (old)']],
  ['replaced, nobody in', { phase: 'replaced', entrants: 0 }, 0, ['draw: closed, nobody_entered (old)']],
  ['replaced, not announced', { phase: 'replaced', isAnnounced: false }, 0, []],
  ['replaced, old news', { phase: 'replaced', isOldNews: true }, 0, []],
];

describe('the messages of a draw', () => {
  it.each(TABLE)('that is %s', (_, fields, won, expected) => {
    expect(shortly(desired(record(fields), { winners: winners(won), inTime: null }))).toEqual(expected);
  });

  it('are told for every phase', () => {
    expect(new Set(TABLE.map(([, { phase }]): Phase => phase ?? 'open'))).toEqual(new Set(PHASES));
  });

  it('say of an open draw what one needs to enter it', () => {
    const [opening] = desired(record({ closesAt: 99_000 }), NOTHING);
    expect(opening?.content).toEqual({
      kind: 'open',
      draw: 'draw-1',
      channel: 'C0HOME',
      prizes: ['A cap', 'A shirt'],
      entrants: 7,
      closesAt: 99_000,
    });
  });

  it('say beforehand who takes part and what decides', () => {
    const [, drawing] = desired(record({ phase: 'committed', ...awaited }), NOTHING);
    expect(drawing?.content).toEqual({
      kind: 'drawing',
      entrants: 7,
      entrantsDigest: 'e'.repeat(64),
      prizes: 2,
      prizesDigest: 'b'.repeat(64),
      round: 1234,
      fate: 'awaited',
    });
  });

  it('hold every winner once, in order', () => {
    const all = winners(41);
    const pages = desired(record({ phase: 'won' }), { winners: all, inTime: null }).flatMap(({ content }) =>
      content.kind === 'winners' ? [content] : [],
    );
    expect(pages.flatMap((page) => page.winners)).toEqual(all);
    expect(pages.map(({ page, pages: count }) => [page, count])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
  });
});

describe('how the winners were drawn', () => {
  /** What the first and the second message of winners say of it. */
  const how = (fields: Partial<DrawRecord>, inTime: boolean | null): unknown[] =>
    desired(record({ phase: 'won', ...fields }), { winners: winners(21), inTime }).flatMap(({ content }) =>
      content.kind === 'winners' ? [content.how] : [],
    );
  const local = provenance({ by: 'local', round: null });

  it.each([
    ['by drand, posted in time', { provenance: provenance() }, true, { ...provenance(), inTime: true, addedLater: 0 }],
    ['by drand, too late', { provenance: provenance() }, false, { ...provenance(), inTime: false, addedLater: 0 }],
    ['by a seed of its own', { provenance: local }, false, { ...local, inTime: null, addedLater: 0 }],
    [
      'by a seed of its own, as drand was away',
      { provenance: { ...local, isFallback: true } },
      false,
      { ...local, isFallback: true, inTime: null, addedLater: 0 },
    ],
    [
      'by SPOP',
      { provenance: { ...local, by: 'spop' as const } },
      null,
      { ...local, by: 'spop', inTime: null, addedLater: 0 },
    ],
    ['by another program', {}, null, undefined],
    ['with some added later', { provenance: local, addedLater: 3 }, null, { ...local, inTime: null, addedLater: 3 }],
  ])('%s, is said once', (_, fields, inTime, expected) => {
    expect(how(fields, inTime)).toEqual([expected, undefined]);
  });
});

describe('the digest of a message', () => {
  it('is another whenever it says something else', () => {
    const all = [record(), record({ entrants: 8 }), record({ closesAt: 5 }), record({ phase: 'closed' })];
    const digests = all.flatMap((each) => desired(each, NOTHING)).map(({ content }) => contentDigest(content));
    expect(new Set(digests).size).toBe(4);
    expect(desired(record({ revision: 9 }), NOTHING).map(({ content }) => contentDigest(content))).toEqual([
      digests[0],
    ]);
  });
});
