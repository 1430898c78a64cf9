import type { Delivery, Sweep } from '../announcements/store.ts';
import { type Commitment, type Proof, parseCommitment } from '../draw/fair/proof.ts';
import { provenanceOf } from '../draw/last-proof.ts';
import { isOver, type Phase, type RecordFields } from '../draw/record.ts';
import { type Legacy, type LegacyDraw, legacyDraws, newPage } from './draws.ts';
import type { LegacyPage } from './legacy.ts';

/** How far apart draws are taken to have begun: release 1 did not keep when they did. In milliseconds. */
const APART = 60_000;

/** One draw as this release keeps it. */
export interface TakenOver {
  readonly id: string;
  readonly phase: Phase;
  readonly closesAt: number | undefined;
  readonly fields: RecordFields;
  readonly won: Readonly<Record<string, string>>;
  /** Who had entered the winners, where that was kept with them. */
  readonly members: Readonly<Record<string, string>>;
  /** The winners as they are shown, as JSON; undefined where their names are to be looked up. */
  readonly shown: string | undefined;
  readonly messages: Readonly<Record<string, Delivery>>;
  readonly sweep: Sweep | undefined;
  readonly hasCommitment: boolean;
  readonly hasProof: boolean;
}

export interface Plan {
  /** The draws, oldest first; the last is the channel's latest. */
  readonly draws: readonly TakenOver[];
  /** Draws of which only is known that messages of them may be there twice. */
  readonly doubted: readonly TakenOver[];
}

/** What this release keeps of what release 1 left. Pure. */
export function planTakeOver(legacy: Legacy): Plan {
  const all = legacyDraws(legacy);
  // Release 1 had no numbers: those that are over get theirs in the order in which they were.
  const draws = all.map((draw, index) =>
    takenOver(draw, legacy, {
      isLast: index === all.length - 1,
      previous: all[index - 1]?.page.identity ?? '',
      createdAt: legacy.now - (all.length - index) * APART,
      number: index + 1,
    }),
  );
  return { draws, doubted: doubtedDraws(legacy, draws) };
}

interface Place {
  readonly isLast: boolean;
  readonly previous: string;
  readonly createdAt: number;
  /** Its number, if it is over. */
  readonly number: number;
}

function takenOver({ page, wins, proof }: LegacyDraw, legacy: Legacy, place: Place): TakenOver {
  const { identity: id, announcing, drawn } = page;
  const { isLast, previous, createdAt, number } = place;
  const underWay = isLast && legacy.commitment !== null ? parseCommitment(legacy.commitment) : undefined;
  const phase = phaseOf(page, isLast, underWay);
  const hasCommitment = phase === 'committed';
  const commitment = hasCommitment ? underWay : proof && commitmentIn(proof);
  const provenance = drawn ?? (proof && provenanceOf(proof));
  const wasShown = announcing.length > 0 && announcing.every(({ name }) => name !== '');
  const earlier = phase === 'open' || phase === 'committed' ? Object.keys(legacy.wins) : [];
  return {
    id,
    phase,
    closesAt: phase === 'open' ? (legacy.closesAt ?? page.closesAt ?? undefined) : undefined,
    fields: {
      previous,
      created_at: createdAt,
      origin: page.drawId === '' ? 'other' : 'bot',
      was_open: 1,
      ...(isOver(phase) ? { number, finished_at: createdAt } : {}),
      is_announced: page.opening ? 1 : 0,
      // Whatever release 1 had announced whole stays as it is.
      is_old_news: phase === 'won' && announcing.length === 0 ? 1 : 0,
      prizes: JSON.stringify(page.prizes),
      ...(earlier.length > 0 ? { earlier_prizes: JSON.stringify(earlier) } : {}),
      prize_count: page.prizes.length,
      entrants: page.entrants,
      winner_count: Object.keys(wins).length,
      ...(commitment ? { commitments: JSON.stringify(commitment) } : {}),
      ...(provenance ? { provenance: JSON.stringify(provenance) } : {}),
    },
    won: wins,
    members: Object.fromEntries(announcing.flatMap(({ login, member }) => (member ? [[login, member]] : []))),
    shown: wasShown ? JSON.stringify(announcing.map(({ member: _member, ...one }) => one)) : undefined,
    messages: messagesOf(page, legacy),
    sweep: sweepOf(page, legacy),
    hasCommitment,
    hasProof: proof !== undefined,
  };
}

function phaseOf({ phase }: LegacyPage, isLast: boolean, underWay: Commitment | undefined): Phase {
  if (phase === 'won') return 'won';
  if (!isLast || phase === 'none') return 'replaced';
  return underWay ? 'committed' : phase;
}

/** Where its messages are. In another channel, of an earlier setting, they stay as they are. */
function messagesOf({ sent, posting, channel }: LegacyPage, { home }: Legacy): Readonly<Record<string, Delivery>> {
  const posted = Object.entries(sent)
    // When the numbers of a draw were posted tells whether that was in time.
    .filter(([part]) => channel === home || part.startsWith('drawing '))
    .map(([part, ts]): [string, Delivery] => [part, { ts, digest: '', updatedAt: 0 }]);
  const pending: [string, Delivery][] =
    posting && channel === home ? [[posting.part, { digest: '', updatedAt: 0, pendingSince: posting.since }]] : [];
  return Object.fromEntries([...pending, ...posted]);
}

function sweepOf({ identity, channel }: LegacyPage, { announced, home }: Legacy): Sweep | undefined {
  const doubt = channel === home ? announced?.doubts.find((each) => each.identity === identity) : undefined;
  return doubt && { since: doubt.since, at: doubt.lookAt, more: doubt.more };
}

/** All that is done with these is to look for messages that are there twice. */
function doubtedDraws(legacy: Legacy, draws: readonly TakenOver[]): TakenOver[] {
  const { announced, home } = legacy;
  if (announced?.channel !== home) return [];
  const place: Place = { isLast: false, previous: '', createdAt: legacy.now - (draws.length + 1) * APART, number: 0 };
  return announced.doubts.flatMap(({ identity, sent }) => {
    // Without what was posted, nobody could tell which of them is the one.
    if (sent === null || draws.some(({ id }) => id === identity)) return [];
    const page: LegacyPage = { ...newPage(identity, home, { drawId: '', prizes: [] }), sent };
    const { fields, ...draw } = takenOver({ page, wins: {}, proof: undefined }, legacy, place);
    const { number: _none, ...rest } = fields;
    return [{ ...draw, fields: { ...rest, is_old_news: 1 } }];
  });
}

function commitmentIn(proof: Proof): Commitment {
  const { id, version, source, chain, round, entrants, entrantsDigest, prizesDigest, committedAt, pickedBy } = proof;
  const prizes = proof.prizes.length;
  return { id, version, source, chain, round, entrants, entrantsDigest, prizes, prizesDigest, committedAt, pickedBy };
}
