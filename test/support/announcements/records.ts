import type { Commitment } from '../../../src/draw/fair/proof.ts';
import type { DrawRecord, Provenance } from '../../../src/draw/record.ts';
import type { Winner } from '../../../src/draw/types.ts';

/** A draw that is open, with two prizes and seven entrants, unless `fields` say otherwise. */
export function record(fields: Partial<DrawRecord> = {}): DrawRecord {
  return {
    id: 'draw-1',
    channel: 'C0HOME',
    previous: '',
    phase: 'open',
    createdAt: 1_000,
    finishedAt: undefined,
    number: undefined,
    startedBy: 'U1',
    origin: 'bot',
    wasOpen: true,
    isAnnounced: true,
    isOldNews: false,
    prizes: ['A cap', 'A shirt'],
    earlierPrizes: [],
    entrants: 7,
    closesAt: undefined,
    isLastReadable: true,
    commitments: [],
    gaveUp: undefined,
    wins: [],
    provenance: undefined,
    addedLater: 0,
    lastChange: undefined,
    removed: 0,
    cancelReason: '',
    isPickedElsewhere: false,
    isLeft: false,
    changing: undefined,
    revision: 1,
    ...fields,
  };
}

/** A commitment of the draw; with a round of the beacon unless it is null. */
export function commitment(id: string, round: number | null = 1234): Commitment {
  return {
    id,
    version: 1,
    source: round === null ? 'local' : 'drand',
    chain: round === null ? null : 'c'.repeat(64),
    round,
    entrants: 7,
    entrantsDigest: 'e'.repeat(64),
    prizes: 2,
    prizesDigest: 'b'.repeat(64),
    committedAt: '2026-01-02T03:04:05.000Z',
    pickedBy: 'U1',
  };
}

/** Where winners come from: the round of the commitment `pick-1`, unless `fields` say otherwise. */
export function provenance(fields: Partial<Provenance> = {}): Provenance {
  return { by: 'drand', isFallback: false, round: 1234, entrants: 7, digest: 'abcd', pick: 'pick-1', ...fields };
}

export function winners(count: number): Winner[] {
  return Array.from({ length: count }, (_, index) => ({
    prize: `Prize ${index + 1}`,
    login: `login${index + 1}`,
    name: `Name ${index + 1}`,
    image: `https://avatars.example/${index + 1}`,
    member: undefined,
  }));
}
