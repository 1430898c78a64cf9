import type { DrawRecord, Phase, RecordFields } from './record.ts';
import type { Win } from './types.ts';

/** The shared keys of a channel's draw at one moment, and the record of its latest draw. */
export interface Snapshot {
  readonly record: DrawRecord | undefined;
  readonly isOpen: boolean;
  /** Milliseconds since the epoch; undefined: no timer, or not open. */
  readonly closesAt: number | undefined;
  readonly prizes: readonly string[];
  readonly entrants: number;
  /** How many entrants members have entered through the bot: as many there must be at least. */
  readonly enteredByMembers: number;
  /** How many of those are still in. Counted only of an open draw with fewer entrants than there must be. */
  readonly membersStillIn: number;
  readonly wins: readonly Win[];
  /** Milliseconds since the epoch, by Redis's clock. */
  readonly now: number;
}

/** What the shared keys say that the record does not. */
export type Observation =
  | { readonly kind: 'nothing_new' }
  /** Another program is changing it: look again in so many milliseconds, before anything is concluded. */
  | { readonly kind: 'changing'; readonly fields: RecordFields; readonly again: number }
  /** It is the same draw. */
  | ({ readonly kind: 'same_draw' } & Found)
  /** Another draw has begun; the one of the record is over. */
  | ({ readonly kind: 'another_draw'; readonly ended: 'replaced' | ''; readonly id: string } & Found);

/** How a draw was found. */
export interface Found {
  readonly phase: Phase;
  readonly closesAt: number | undefined;
  /** Whether the winners are there, and are its own. */
  readonly hasWon: boolean;
  readonly fields: RecordFields;
}

/** Another program's winners are final when they have been the same for this long, in milliseconds. */
export const WINNERS_QUIET = 1_000;
/** As long as both prizes and entrants are left, it may still be picking, in milliseconds. */
export const PICKING_QUIET = 8_000;
/** Another program takes no longer to start a draw, which it does key by key, in milliseconds. */
export const STARTING_QUIET = 2_000;
/** A pick by another program that has changed nothing for so long was given up, in milliseconds. */
export const ABANDONED_AFTER = 60_000;

/** Nobody is changing it, as far as can be seen. */
export const NOT_CHANGING = {
  changing: '',
  changing_since: 0,
  is_picked_elsewhere: 0,
  is_left: 0,
} as const satisfies RecordFields;
