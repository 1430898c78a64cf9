import { randomUUID } from 'node:crypto';
import { naturalOrder } from './prizes.ts';
import { type DrawRecord, isOver, type Phase, type RecordFields } from './record.ts';
import {
  ABANDONED_AFTER,
  type Found,
  NOT_CHANGING,
  type Observation,
  PICKING_QUIET,
  type Snapshot,
  STARTING_QUIET,
  WINNERS_QUIET,
} from './snapshot.ts';

/** A closing time that differs by less than this is the same, measured again, in milliseconds. */
const SAME_TIME = 5_000;

/** What has happened, if nothing changes for some time. */
export type Decided =
  | { readonly kind: 'nothing_new' }
  | {
      readonly kind: 'found';
      readonly observation: Observation;
      /** For how long nothing must have changed before that is concluded, in milliseconds. */
      readonly quiet: number;
      /** What is known of the same draw already before: another program is picking. */
      readonly meanwhile?: Found;
      /** Whether those who had entered were gone. That is remembered, as others may enter before it is concluded. */
      readonly isLeft?: boolean;
    };

const NOTHING_NEW = { kind: 'nothing_new' } as const;

/**
 * What another program has done since the record was written. The original application does everything key by key:
 * it starts a draw by deleting the sets, adding the prizes and setting `is_open`; and it picks by deleting `is_open`, taking
 * prizes and entrants out one by one, writing the winners and deleting the entrants. So a closed draw whose sets only
 * shrink is the same draw; it is another one when `is_open` came back, when prizes or winners are there that it could not
 * have, or when those who were in are gone while it is open. An open draw that has only lost some entrants is the same one.
 */
export function decide(seen: Snapshot): Decided {
  const { record, isOpen, prizes, wins } = seen;
  if (record === undefined) return firstLook(seen);
  if (isOpen) return whileOpen(seen, record);
  if (wins.length > 0) return withWinners(seen, record);
  if (prizes.length > 0) return whileClosed(seen, record);
  return withNothing(seen, record);
}

/** Nothing is known of the channel yet. What was over before is no news. */
function firstLook(seen: Snapshot): Decided {
  if (seen.isOpen) return found(another(seen, '', 'open'));
  if (seen.wins.length > 0) return found(another(seen, '', 'won', { is_old_news: 1 }));
  if (seen.prizes.length > 0) return found(another(seen, '', 'closed'));
  return NOTHING_NEW;
}

function whileOpen(seen: Snapshot, record: DrawRecord): Decided {
  // A draw that is being picked stays open as long as an earlier one's winners are there.
  if (record.phase === 'committed' && seen.wins.length > 0) return NOTHING_NEW;
  const isLeft = record.isLeft || hasBeenLeft(seen, record);
  const isOn = record.phase === 'open' || (record.phase === 'closed' && isBeingStarted(seen, record));
  const isAnother = !isOn || !mayHavePrizes(seen, record);
  // Where it is just being started, its prizes are yet to come: there are none, or those of the draw before.
  // Once somebody has entered again, it has been started.
  const isEnteredAnew = record.isLeft && seen.entrants > 0;
  const isBeginning = seen.prizes.length === 0 || (isLeft && !isAnother && !isEnteredAnew);
  const quiet = isBeginning ? STARTING_QUIET : 0;
  if (isAnother || isLeft) return { ...found(another(seen, endOf(record), 'open'), quiet), isLeft };
  const closesAt = isSameTime(record.closesAt, seen.closesAt) ? record.closesAt : seen.closesAt;
  const isSame =
    record.phase === 'open' &&
    closesAt === record.closesAt &&
    record.entrants === seen.entrants &&
    hasAll(record.prizes, seen.prizes) &&
    record.prizes.length === seen.prizes.length;
  if (isSame) return NOTHING_NEW;
  return found(same('open', { ...counted(seen), was_open: 1, ...NOT_CHANGING }, closesAt), quiet);
}

/**
 * Whether those who had entered are gone, as who starts a draw takes everybody out and sets `is_open` anew. Others may have
 * entered since. Where only some are out, they were taken out one by one, and the draw goes on.
 */
function hasBeenLeft(seen: Snapshot, record: DrawRecord): boolean {
  if (seen.entrants >= mustBeIn(seen, record)) return false;
  if (seen.entrants === 0) return true;
  const { enteredByMembers: known, membersStillIn: stillIn } = seen;
  if (stillIn * 2 >= Math.max(1, known)) return false;
  const isOpenAnew = record.phase === 'open' && !isSameTime(record.closesAt, seen.closesAt);
  // One who is out says little of the others, of whom nothing is known; several do.
  return isOpenAnew || (stillIn === 0 && known > 1);
}

/** Whether another program is still starting it: prizes are there before it is open, and not all of them at once. */
function isBeingStarted({ now }: Snapshot, { origin, wasOpen, createdAt }: DrawRecord): boolean {
  return !wasOpen || (origin === 'other' && Math.abs(now - createdAt) < STARTING_QUIET);
}

/** Whether these can be its prizes: it has no new ones, or did not have all of them yet. */
function mayHavePrizes({ prizes, now }: Snapshot, record: DrawRecord): boolean {
  if (hasAll(record.prizes, prizes)) return true;
  const isJustFound = record.origin === 'other' && Math.abs(now - record.createdAt) < STARTING_QUIET;
  return isJustFound || record.prizes.length === 0 || (!record.wasOpen && hasAll(prizes, record.prizes));
}

function withWinners(seen: Snapshot, record: DrawRecord): Decided {
  const quiet = seen.prizes.length > 0 && seen.entrants > 0 ? PICKING_QUIET : WINNERS_QUIET;
  const known = [...record.prizes, ...record.earlierPrizes, ...record.wins.map(({ prize }) => prize)];
  const mayBeItsOwn = hasAll(known, prizesWon(seen));
  if (record.phase === 'won') {
    const now = new Map(seen.wins.map(({ prize, login }) => [prize, login]));
    const added = seen.wins.length - record.wins.length;
    const isGrown = record.wins.every(({ prize, login }) => now.get(prize) === login);
    if (isGrown && added === 0) return NOTHING_NEW;
    // The same prizes may have been given again, one by one; else these are the winners of another draw.
    if (!isGrown || !mayBeItsOwn) return found(another(seen, '', 'won'), quiet);
    return found(won({ ...NOT_CHANGING, added_later: record.addedLater + added }), quiet);
  }
  if (isOver(record.phase) || !mayBeItsOwn) return found(another(seen, endOf(record), 'won'), quiet);
  const entrants = tookPart(seen, record);
  return found(won({ ...NOT_CHANGING, entrants }), quiet, beingPicked(entrants));
}

function whileClosed(seen: Snapshot, record: DrawRecord): Decided {
  // Whoever carries that pick out sees what has changed.
  if (record.phase === 'committed') return NOTHING_NEW;
  const hasNew = !hasAll(record.prizes, seen.prizes);
  if (isOver(record.phase)) {
    const isLeftOver = record.phase === 'won' && !hasNew && seen.entrants === 0;
    return isLeftOver ? NOTHING_NEW : found(another(seen, '', 'closed'), STARTING_QUIET);
  }
  const hasFewer = !hasAll(seen.prizes, record.prizes) || seen.entrants < mustBeIn(seen, record);
  // With all that it had, it has got one more prize.
  if (hasNew && hasFewer && !mayHavePrizes(seen, record)) {
    return found(another(seen, 'replaced', 'closed'), STARTING_QUIET);
  }
  if (hasFewer && !hasNew) {
    const givenUp = same('closed', { ...counted(seen), ...NOT_CHANGING });
    return found(givenUp, ABANDONED_AFTER, beingPicked(tookPart(seen, record)));
  }
  const isSame = record.phase === 'closed' && !hasNew && record.entrants === seen.entrants && !record.isPickedElsewhere;
  if (isSame) return NOTHING_NEW;
  // It may also be a draw that is just being started, with more prizes than the one before.
  return found(same('closed', { ...counted(seen), ...NOT_CHANGING }), hasNew && record.wasOpen ? STARTING_QUIET : 0);
}

/** Every key is gone: another program has taken the last prize out, is just starting a draw, or has removed this one. */
function withNothing(seen: Snapshot, record: DrawRecord): Decided {
  if (isOver(record.phase) || record.phase === 'committed') return NOTHING_NEW;
  return found(same('replaced', NOT_CHANGING), ABANDONED_AFTER, beingPicked(tookPart(seen, record)));
}

/** How many must be in at least, as long as nobody has been taken out. */
function mustBeIn({ enteredByMembers }: Snapshot, { phase, entrants }: DrawRecord): number {
  return phase === 'open' ? Math.max(entrants, enteredByMembers) : entrants;
}

/** How many take part in a pick by another program, which takes them out: as many as were ever seen. */
function tookPart(seen: Snapshot, record: DrawRecord): number {
  const earlier = new Set(record.earlierPrizes);
  const winners = prizesWon(seen).filter((prize) => !earlier.has(prize)).length;
  return Math.max(mustBeIn(seen, record), seen.entrants, winners);
}

function beingPicked(entrants: number): Found {
  return { phase: 'closed', closesAt: undefined, hasWon: false, fields: { entrants, is_picked_elsewhere: 1 } };
}

function found(observed: Observation, quiet = 0, meanwhile?: Found): Extract<Decided, { kind: 'found' }> {
  return { kind: 'found', observation: observed, quiet, ...(meanwhile ? { meanwhile } : {}) };
}

function same(phase: Phase, fields: RecordFields, closesAt?: number): Observation {
  return { kind: 'same_draw', phase, closesAt, hasWon: false, fields };
}

function won(fields: RecordFields): Observation {
  return { kind: 'same_draw', phase: 'won', closesAt: undefined, hasWon: true, fields };
}

function another(seen: Snapshot, ended: 'replaced' | '', phase: Phase, fields: RecordFields = {}): Observation {
  const hasWon = phase === 'won';
  const isOpen = phase === 'open';
  return {
    kind: 'another_draw',
    id: randomUUID(),
    ended,
    phase,
    closesAt: isOpen ? seen.closesAt : undefined,
    hasWon,
    fields: {
      origin: 'other',
      ...counted(seen),
      ...(hasWon ? prizesOf([...new Set([...prizesWon(seen), ...seen.prizes])]) : {}),
      ...(isOpen && seen.wins.length > 0 ? { earlier_prizes: JSON.stringify(prizesWon(seen)) } : {}),
      was_open: isOpen ? 1 : 0,
      is_announced: hasWon ? 0 : 1,
      ...fields,
    },
  };
}

/** How a draw ends that another follows. */
function endOf({ phase }: DrawRecord): 'replaced' | '' {
  return isOver(phase) ? '' : 'replaced';
}

function counted({ prizes, entrants }: Snapshot): RecordFields {
  return { ...prizesOf(prizes), entrants };
}

/** The fields of a record that say what its prizes are. */
function prizesOf(prizes: readonly string[]): RecordFields {
  return { prizes: JSON.stringify(prizes.toSorted(naturalOrder)), prize_count: prizes.length };
}

function prizesWon({ wins }: Snapshot): readonly string[] {
  return wins.map(({ prize }) => prize);
}

/** Whether `all` has every one of `some`. */
function hasAll(all: readonly string[], some: readonly string[]): boolean {
  const known = new Set(all);
  return some.every((one) => known.has(one));
}

function isSameTime(one: number | undefined, other: number | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Math.abs(one - other) < SAME_TIME;
}
