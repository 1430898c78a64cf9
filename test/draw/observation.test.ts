import { describe, expect, it } from 'vitest';
import { observation } from '../../src/draw/observation.ts';
import { isOver } from '../../src/draw/record.ts';
import {
  ABANDONED_AFTER,
  type Observation,
  PICKING_QUIET,
  STARTING_QUIET,
  WINNERS_QUIET,
} from '../../src/draw/snapshot.ts';
import { BEFORE, type Before, CLOSES_AT, type Keys, look, NOW, NOW_THERE, written } from './observation/situations.ts';
import { TABLE } from './observation/table.ts';

/** Looks until something is concluded, as the worker does, with the record as it was written meanwhile. */
function conclude(
  before: Before,
  there: Keys,
): { readonly observed: Observation; readonly quiet: number; readonly meanwhile: Before } {
  let record = before;
  let now = NOW;
  for (let looks = 0; looks < 200; looks++) {
    const observed = observation(look(record, there, now));
    if (observed.kind === 'nothing_new') return { observed, quiet: now - NOW, meanwhile: record };
    const isWaiting = Number(observed.fields.changing_since ?? 0) > 0;
    if (observed.kind === 'another_draw' || (!isWaiting && observed.kind === 'same_draw')) {
      return { observed, quiet: now - NOW, meanwhile: record };
    }
    record = written(record, observed.fields);
    if (observed.kind === 'same_draw') record = written(record, { phase: observed.phase });
    else now += observed.again;
  }
  throw new Error('Nothing is ever concluded.');
}

it('every record has its table', () => {
  expect(new Set(TABLE.map(([, before]) => before))).toEqual(new Set(Object.values(BEFORE)));
});

describe.each(TABLE)('with a record of %s', (_what, before, rows) => {
  it('has a row for everything that may be there', () => {
    expect(rows.map(([there]) => there).toSorted()).toEqual(Object.keys(NOW_THERE).toSorted());
  });

  it.each(rows)('%s', (there, expected, why) => {
    const { observed, quiet, meanwhile } = conclude(before, NOW_THERE[there]);
    const { kind, phase, entrants, isPicking = false } = expected;
    expect({ kind: observed.kind, quiet, why }).toEqual({ kind, quiet: expected.quiet, why });
    if (observed.kind === 'nothing_new' || observed.kind === 'changing') return;
    expect(observed, why).toMatchObject({ phase, hasWon: phase === 'won' });
    if (entrants !== undefined) expect(Number(observed.fields.entrants), why).toBe(entrants);
    if (isPicking) {
      expect(meanwhile.hash, why).toMatchObject({ phase: 'closed', is_picked_elsewhere: '1', entrants: '4' });
    } else {
      expect(meanwhile.hash['is_picked_elsewhere'], why).toBe(before.hash['is_picked_elsewhere']);
    }
    if (observed.kind === 'another_draw') {
      const { record } = look(before, NOW_THERE[there]);
      expect(observed.ended).toBe(record === undefined || isOver(record.phase) ? '' : 'replaced');
    } else {
      // What has been concluded is no longer in doubt.
      expect(observed.fields).toMatchObject({ changing: '', is_picked_elsewhere: 0 });
    }
  });

  const early = '%s: what is done through the bot does not wait, but for a pick that was given up';
  it.each(rows)(early, (there, { kind, phase, quiet }, why) => {
    const observed = observation(look(before, NOW_THERE[there]), true);
    if (quiet === ABANDONED_AFTER) {
      expect(observed, why).toMatchObject({ kind: 'same_draw', phase: 'closed', fields: { is_picked_elsewhere: 1 } });
    } else {
      expect(observed, why).toMatchObject(phase === undefined ? { kind } : { kind, phase });
    }
  });
});

describe('the quiet before something is concluded', () => {
  const { closed, won } = BEFORE;

  it('begins anew whenever something changes', () => {
    const first = observation(look(closed, NOW_THERE['won, with a prize left']));
    if (first.kind !== 'same_draw') throw new Error(first.kind);
    const record = written(closed, { ...first.fields, phase: first.phase });
    const later = NOW + WINNERS_QUIET;
    expect(observation(look(record, NOW_THERE['won, all of it'], later))).toMatchObject({
      kind: 'same_draw',
      phase: 'closed',
      fields: { changing_since: later },
    });
    expect(observation(look(record, NOW_THERE['won, with a prize left'], later))).toMatchObject({ phase: 'won' });
    expect(observation(look(record, NOW_THERE['won, with a prize left'], later - 1))).toMatchObject({
      kind: 'changing',
      again: 1,
    });
  });

  it('does not last until the time that the clock had before it was set back', () => {
    const first = observation(look(closed, NOW_THERE['won, with a prize left']));
    if (first.kind !== 'same_draw') throw new Error(first.kind);
    const record = written(closed, { ...first.fields, phase: first.phase });
    const back = NOW - 3_600_000;
    const second = observation(look(record, NOW_THERE['won, with a prize left'], back));
    expect(second).toMatchObject({ kind: 'changing', fields: { changing_since: back } });
    if (second.kind !== 'changing') return;
    const then = look(written(record, second.fields), NOW_THERE['won, with a prize left'], back + PICKING_QUIET);
    expect(observation(then)).toMatchObject({ kind: 'same_draw', phase: 'won' });
  });

  it('is over when everything is again as the record says', () => {
    const first = observation(look(won, NOW_THERE['other prizes only']));
    if (first.kind !== 'changing') throw new Error(first.kind);
    const again = observation(look(written(won, first.fields), NOW_THERE['won, with a prize left'], NOW + 50));
    expect(again).toMatchObject({ kind: 'changing', fields: { changing: '', changing_since: 0 }, again: 0 });
  });
});

it('a draw of another program is another one, though the clock was set back since it was found', () => {
  const record = written(BEFORE.open, { origin: 'other', created_at: NOW + 3_600_000 });
  const there = { ...NOW_THERE['open, the same'], prizes: ['X'] };
  expect(observation(look(record, there), true)).toMatchObject({ kind: 'another_draw' });
});

describe('an open draw that somebody else has changed', () => {
  const { open } = BEFORE;
  const same = NOW_THERE['open, the same'];

  it.each([
    [4_999, 'nothing_new'],
    [-4_999, 'nothing_new'],
    [5_000, 'same_draw'],
  ])('%i ms from its closing time, measured again: %s', (later, kind) => {
    expect(observation(look(open, { ...same, closesAt: CLOSES_AT + later }))).toMatchObject({ kind });
  });

  it.each([
    [10, 5, 'same_draw', 'same_draw', 'half of those who entered through the bot are still in'],
    [10, 4, 'same_draw', 'another_draw', 'some were taken out; or it has begun anew, and some have entered again'],
    [10, 1, 'same_draw', 'another_draw', 'one is still in; or has entered again'],
    [10, 0, 'another_draw', 'another_draw', 'all who are known are gone, so the others are new'],
    [2, 0, 'another_draw', 'another_draw', 'all who are known are gone, so the others are new'],
    [1, 1, 'same_draw', 'same_draw', 'the only one is in'],
    [1, 0, 'same_draw', 'another_draw', 'the only one who is known was taken out; that says nothing of the others'],
    [0, 0, 'same_draw', 'another_draw', 'nobody is known; some were taken out'],
  ])('with %i entered through the bot, of whom %i are in: %s; where it is open anew, too: %s', (...row) => {
    const [enteredByMembers, membersStillIn, kind, kindAnew, why] = row;
    const record = written(open, { entrants: 20 });
    const there = { ...same, entrants: 12, enteredByMembers, membersStillIn };
    const seen = observation(look(record, there), true);
    expect({ kind: seen.kind, why }).toEqual({ kind, why });
    const anew = observation(look(record, { ...there, closesAt: CLOSES_AT + 5_000 }), true);
    expect({ kind: anew.kind, why }).toEqual({ kind: kindAnew, why });
  });

  it.each([20, 1])('with none of %i in: another draw, whoever entered them', (entrants) => {
    for (const enteredByMembers of [0, 1]) {
      const record = written(open, { entrants });
      const seen = observation(look(record, { ...same, entrants: 0, enteredByMembers, membersStillIn: 0 }), true);
      expect(seen).toMatchObject({ kind: 'another_draw' });
    }
  });

  it('is the same one, however many are taken out one after the other, until nobody is in', () => {
    let record = written(open, { entrants: 20 });
    for (let entrants = 19; entrants > 0; entrants--) {
      // Those who are out are no longer counted among those whom members have entered.
      const seen = observation(look(record, { ...same, entrants, enteredByMembers: 1, membersStillIn: 0 }), true);
      if (seen.kind !== 'same_draw') throw new Error(`With ${entrants} in: ${seen.kind}`);
      record = written(record, seen.fields);
    }
  });

  it('keeps an earlier one’s winners apart from its own', () => {
    const found = observation(look(BEFORE.none, NOW_THERE['open, with an earlier one’s winners']));
    if (found.kind !== 'another_draw') throw new Error(found.kind);
    const all = NOW_THERE['won, all of it'];
    const wins = [...all.wins, { prize: 'Old', login: 'zoe' }];
    const seen = look(written(open, found.fields), { ...all, wins });
    expect(observation(seen, true)).toMatchObject({ kind: 'same_draw', phase: 'won', fields: { entrants: 4 } });
  });
});

describe('a draw that another program has only just begun', () => {
  const record = written(BEFORE.open, { origin: 'other', created_at: NOW - 50, entrants: 0, prizes: '["old"]' });
  const closed = written(record, { phase: 'closed' });
  const there = { ...NOW_THERE['open, with one more prize'], entrants: 0, enteredByMembers: 0, membersStillIn: 0 };

  it('may still get its prizes, and be opened', () => {
    expect(observation(look(record, there))).toMatchObject({ kind: 'same_draw', phase: 'open' });
    expect(observation(look(closed, there))).toMatchObject({ kind: 'same_draw', phase: 'open' });
  });

  it('has them all a little later: then they are another one’s', () => {
    const later = NOW - 50 + STARTING_QUIET;
    expect(observation(look(record, there, later))).toMatchObject({ kind: 'another_draw' });
    expect(observation(look(closed, there, later))).toMatchObject({ kind: 'another_draw' });
  });

  it('gets them also later, if it was opened without any', () => {
    const without = written(record, { prizes: '[]', created_at: 0 });
    expect(observation(look(without, there))).toMatchObject({ kind: 'same_draw', phase: 'open' });
  });
});
