import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/draw/fair/proof.ts';
import { isOver, PHASES, parseRecord } from '../../src/draw/record.ts';

/** As little as a record can have. */
const LEAST = {
  id: 'the-draw',
  channel: 'C1',
  phase: 'open',
  created_at: '1800000000000',
  prizes: '[]',
  prize_count: '0',
};

const COMMITMENT = {
  id: 'b5a5f8f2-4f7c-4c3c-9e0f-1f3f0c2a7f10',
  version: VERSION,
  source: 'local',
  chain: null,
  round: null,
  entrants: 2,
  entrantsDigest: 'a'.repeat(64),
  prizes: 1,
  prizesDigest: 'b'.repeat(64),
  committedAt: '2027-01-15T08:00:00.000Z',
  pickedBy: 'U1',
};
const PROVENANCE = { by: 'drand', isFallback: false, round: 7, entrants: 2, digest: 'abc', pick: COMMITMENT.id };

describe('the record of a draw', () => {
  it('is read from the fields that the scripts write', () => {
    const hash = {
      ...LEAST,
      previous: 'the-one-before',
      phase: 'won',
      finished_at: '1800000500000',
      number: '12',
      started_by: 'U1',
      origin: 'bot',
      was_open: '1',
      is_announced: '1',
      is_old_news: '0',
      prizes: '["A","B"]',
      earlier_prizes: '["Old"]',
      prize_count: '2',
      winner_count: '1',
      entrants: '2',
      closes_at: '1800000400000',
      commitments: JSON.stringify(COMMITMENT),
      provenance: JSON.stringify(PROVENANCE),
      added_later: '1',
      last_change: '{"kind":"added","prizes":["B"]}',
      removed: '3',
      cancel_reason: 'no *hall*',
      is_picked_elsewhere: '1',
      is_left: '1',
      changing: 'abc',
      changing_since: '1800000000001',
      revision: '9',
    };
    expect(parseRecord(hash, { A: 'ada' })).toEqual({
      id: 'the-draw',
      channel: 'C1',
      previous: 'the-one-before',
      phase: 'won',
      createdAt: 1_800_000_000_000,
      finishedAt: 1_800_000_500_000,
      number: 12,
      startedBy: 'U1',
      origin: 'bot',
      wasOpen: true,
      isAnnounced: true,
      isOldNews: false,
      prizes: ['A', 'B'],
      earlierPrizes: ['Old'],
      entrants: 2,
      closesAt: 1_800_000_400_000,
      isLastReadable: true,
      commitments: [COMMITMENT],
      wins: [{ prize: 'A', login: 'ada' }],
      provenance: PROVENANCE,
      addedLater: 1,
      lastChange: { kind: 'added', prizes: ['B'] },
      removed: 3,
      cancelReason: 'no *hall*',
      isPickedElsewhere: true,
      isLeft: true,
      changing: { digest: 'abc', since: 1_800_000_000_001 },
      revision: 9,
    });
  });

  it('may have little more than its identity', () => {
    expect(parseRecord(LEAST, {})).toMatchObject({
      previous: '',
      finishedAt: undefined,
      number: undefined,
      startedBy: '',
      origin: 'other',
      wasOpen: false,
      isOldNews: false,
      earlierPrizes: [],
      entrants: 0,
      closesAt: undefined,
      isLastReadable: true,
      commitments: [],
      wins: [],
      provenance: undefined,
      lastChange: undefined,
      removed: 0,
      cancelReason: '',
      isPickedElsewhere: false,
      changing: undefined,
      revision: 0,
    });
  });

  it.each([[{}], [{ phase: 'open' }]])('is none without an ID: %j', (hash) => {
    expect(parseRecord(hash, { A: 'ada' })).toBeUndefined();
  });

  it('tells where the last commitment is a newer version’s: an earlier one is awaited by nobody then', () => {
    const earlier = JSON.stringify(COMMITMENT);
    const hash = { ...LEAST, commitments: `${earlier}\n{"version":9}` };
    expect(parseRecord(hash, {})).toMatchObject({ isLastReadable: false, commitments: [COMMITMENT] });
    expect(parseRecord({ ...LEAST, commitments: earlier }, {})).toMatchObject({ isLastReadable: true });
  });

  it('of a newer version is read without what this one does not know', () => {
    const hash = {
      ...LEAST,
      starts_at: '1800000000001',
      rules: '{"age":90}',
      gave_up: '{"at":1,"reason":"bored","isFinal":true}',
    };
    const { gaveUp, ...read } = parseRecord(hash, {}) ?? {};
    expect(gaveUp).toEqual({ at: 1, reason: 'unknown', isFinal: true });
    const { gaveUp: _, ...least } = parseRecord(LEAST, {}) ?? {};
    expect(read).toEqual(least);
  });

  it.each([
    ['{"at":7,"reason":"changed","isFinal":false,"newer":1}', { at: 7, reason: 'changed', isFinal: false }],
    ['{"at":7,"reason":"unreadable","isFinal":true}', { at: 7, reason: 'unreadable', isFinal: true }],
    ['', undefined],
    ['no JSON', undefined],
    ['{"at":"noon"}', undefined],
  ])('says of a pick that was given up: %s', (text, expected) => {
    expect(parseRecord({ ...LEAST, gave_up: text }, {})?.gaveUp).toEqual(expected);
  });

  it('has no time where the field is empty', () => {
    expect(parseRecord({ ...LEAST, closes_at: '', finished_at: '' }, {})).toMatchObject({
      closesAt: undefined,
      finishedAt: undefined,
    });
  });

  it('has every commitment, in order, without lines that are none', () => {
    const second = { ...COMMITMENT, id: '4d1f6d8c-52b6-4a40-8a0c-0a7b2b9b1c11', round: null };
    const commitments = [JSON.stringify(COMMITMENT), 'garbage', '{}', JSON.stringify(second)].join('\n');
    expect(parseRecord({ ...LEAST, commitments }, {})?.commitments).toEqual([COMMITMENT, second]);
  });

  it.each([
    ['an unknown phase', { phase: 'asleep' }],
    ['a time that is no number', { created_at: 'yesterday' }],
    ['prizes that are no JSON', { prizes: 'A, B' }],
    ['prizes that are no list of texts', { prizes: '[1]' }],
    ['a closing time that is no number', { closes_at: 'soon' }],
    ['a provenance of another kind', { provenance: '{"by":"dice"}' }],
    ['an origin that there is not', { origin: 'elsewhere' }],
  ])('is not believed with %s', (_what, fields) => {
    expect(() => parseRecord({ ...LEAST, ...fields }, {})).toThrow();
  });

  it('is over for good in these phases only', () => {
    expect(PHASES.filter(isOver)).toEqual(['won', 'cancelled', 'replaced']);
  });
});
