import { parseRecord, type RecordFields } from '../../../src/draw/record.ts';
import type { Snapshot } from '../../../src/draw/snapshot.ts';

/** The moment of each look, in milliseconds since the epoch. */
export const NOW = 1_800_000_000_000;
export const CLOSES_AT = NOW + 600_000;

/** Long enough ago for another program to have done what it was doing. */
const LONG_AGO = NOW - 100_000;

/** A record as Redis has it, and who won what. */
export interface Before {
  readonly hash: Readonly<Record<string, string>>;
  readonly won: Readonly<Record<string, string>>;
}

/** The shared keys, apart from the record. */
export type Keys = Omit<Snapshot, 'record' | 'now'>;

/** A draw of the prizes A, B and C, with four entrants; two of them entered through the bot. */
function before(fields: RecordFields, won: Readonly<Record<string, string>> = {}): Before {
  const all: RecordFields = {
    id: 'the-draw',
    channel: 'C0HOME',
    phase: 'open',
    created_at: LONG_AGO,
    origin: 'bot',
    was_open: 1,
    prizes: '["A","B","C"]',
    prize_count: 3,
    entrants: 4,
    closes_at: '',
    ...fields,
  };
  return { hash: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)])), won };
}

export const BEFORE = {
  none: { hash: {}, won: {} },
  open: before({ closes_at: CLOSES_AT }),
  neverOpened: before({ phase: 'closed', origin: 'other', was_open: 0 }),
  closed: before({ phase: 'closed' }),
  pickedElsewhere: before({
    phase: 'closed',
    is_picked_elsewhere: 1,
    changing: 'something',
    changing_since: NOW - 900,
  }),
  committed: before({ phase: 'committed' }),
  won: before({ phase: 'won', number: 1, winner_count: 2 }, { A: 'ada', B: 'bob' }),
  cancelled: before({ phase: 'cancelled', number: 1 }),
  replaced: before({ phase: 'replaced', number: 1 }),
} as const satisfies Readonly<Record<string, Before>>;

/** The keys of an open draw without a timer; `more` says what is different. */
function keys(more: Partial<Keys>): Keys {
  return {
    isOpen: false,
    closesAt: undefined,
    prizes: ['A', 'B', 'C'],
    entrants: 4,
    enteredByMembers: 2,
    membersStillIn: 2,
    wins: [],
    ...more,
  };
}

const open = (more: Partial<Keys>): Keys => keys({ isOpen: true, closesAt: CLOSES_AT, ...more });
const wins = (won: Readonly<Record<string, string>>): Keys['wins'] =>
  Object.entries(won).map(([prize, login]) => ({ prize, login }));

export const NOW_THERE = {
  nothing: keys({ prizes: [], entrants: 0 }),
  'entrants only': keys({ prizes: [] }),
  'other prizes only': keys({ prizes: ['X'], entrants: 0 }),
  'the same prizes only': keys({ entrants: 0 }),
  'the same and one more prize only': keys({ prizes: ['A', 'B', 'C', 'D'], entrants: 0 }),
  'open, the same': open({}),
  'open, with other prizes, nobody in': open({ prizes: ['X'], entrants: 0, membersStillIn: 0 }),
  'open, with one more prize': open({ prizes: ['A', 'B', 'C', 'D'] }),
  'open, with a prize less': open({ prizes: ['A', 'B'] }),
  'open, with nothing in it': open({ prizes: [], entrants: 0, membersStillIn: 0 }),
  'open, nobody in': open({ entrants: 0, membersStillIn: 0 }),
  'open, one taken out': open({ entrants: 3, membersStillIn: 1 }),
  'open, the only member taken out': open({ entrants: 3, enteredByMembers: 1, membersStillIn: 0 }),
  'open, somebody taken out whom nobody knows': open({ entrants: 3, enteredByMembers: 0, membersStillIn: 0 }),
  'open, every member gone, others in': open({ entrants: 3, membersStillIn: 0 }),
  'open, fewer in, with another closing time': open({
    entrants: 3,
    enteredByMembers: 1,
    membersStillIn: 0,
    closesAt: CLOSES_AT + 60_000,
  }),
  'open, one taken out, and more time given': open({
    entrants: 3,
    membersStillIn: 1,
    closesAt: CLOSES_AT + 60_000,
  }),
  'open, one more in': open({ entrants: 5 }),
  'open, with another closing time': open({ closesAt: CLOSES_AT + 60_000 }),
  'open, without its timer': open({ closesAt: undefined }),
  'open, with an earlier one’s winners': open({ wins: wins({ Old: 'zoe' }) }),
  'closed, the same': keys({}),
  'closed, a prize and somebody less': keys({ prizes: ['A', 'B'], entrants: 3 }),
  'closed, a late entry': keys({ entrants: 5 }),
  'closed, with one more prize': keys({ prizes: ['A', 'B', 'C', 'D'] }),
  'won, with everything still there': keys({ wins: wins({ A: 'ada' }) }),
  'won, with a prize left': keys({ prizes: ['C'], entrants: 0, wins: wins({ A: 'ada', B: 'bob' }) }),
  'won, all of it': keys({ prizes: [], entrants: 0, wins: wins({ A: 'ada', B: 'bob', C: 'cyd' }) }),
  'won, one of them by another': keys({ prizes: ['C'], entrants: 0, wins: wins({ A: 'ada', B: 'eve' }) }),
  'won, and one more that it never had': keys({
    prizes: [],
    entrants: 0,
    wins: wins({ A: 'ada', B: 'bob', X: 'cyd' }),
  }),
  'won, other prizes': keys({ prizes: [], entrants: 0, wins: wins({ X: 'zoe' }) }),
} as const satisfies Readonly<Record<string, Keys>>;

export type NowThere = keyof typeof NOW_THERE;

/** What is seen when these keys are looked at, with this record. */
export function look({ hash, won }: Before, there: Keys, now = NOW): Snapshot {
  return { record: parseRecord(hash, won), now, ...there };
}

/** The record after such fields have been written. */
export function written({ hash, won }: Before, fields: RecordFields): Before {
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  return { hash: { ...hash, ...Object.fromEntries(texts) }, won };
}
