import { z } from 'zod';
import { type Commitment, parseCommitment } from './fair/proof.ts';
import { type GaveUp, parseGaveUp } from './gave-up.ts';
import { type LastChange, parseLastChange } from './last-change.ts';
import type { Win } from './types.ts';
import { Unreadable } from './unreadable.ts';

/**
 * How far a draw has come. `committed`: it is fixed who takes part and what decides, and the seed is waited for;
 * `replaced`: another draw followed before anybody had won.
 */
export const PHASES = ['open', 'closed', 'committed', 'won', 'cancelled', 'replaced'] as const;
export type Phase = (typeof PHASES)[number];

/** Whether a draw in this phase is over for good. */
export function isOver(phase: Phase): boolean {
  return phase === 'won' || phase === 'cancelled' || phase === 'replaced';
}

/** Where winners come from. */
const provenance = z.object({
  /** What their seed came from; `spop`: Redis picked them. */
  by: z.enum(['drand', 'local', 'spop']),
  /** The beacon was to decide, but did not give its round in time. */
  isFallback: z.boolean(),
  round: z.number().int().nullable(),
  entrants: z.number().int(),
  /** The beginning of the proof's digest. */
  digest: z.string(),
  /** The ID of the commitment. */
  pick: z.string(),
});
export type Provenance = z.infer<typeof provenance>;

/** What the bot knows of one draw. Times are in milliseconds since the epoch. */
export interface DrawRecord {
  readonly id: string;
  readonly channel: string;
  /** The ID of the draw before it in its channel; empty where there was none. */
  readonly previous: string;
  readonly phase: Phase;
  readonly createdAt: number;
  readonly finishedAt: number | undefined;
  /** Counted up in the workspace; a draw gets it when it is over. */
  readonly number: number | undefined;
  /** The chat member who started it; empty where that is not known. */
  readonly startedBy: string;
  /** Who began it: the bot, or another program. */
  readonly origin: 'bot' | 'other';
  /** Whether it was ever seen open. */
  readonly wasOpen: boolean;
  /** Whether the draw itself is announced, not only its winners: it was seen before it was over. */
  readonly isAnnounced: boolean;
  /** Whether it was over before the bot first ran: then nothing of it is announced. */
  readonly isOldNews: boolean;
  /** Its prizes, in natural order; those that were won stay. */
  readonly prizes: readonly string[];
  /** The prizes of an earlier draw whose winners were there when it was opened, and stay. */
  readonly earlierPrizes: readonly string[];
  /** How many had entered when it was last counted; once it is closed, when it closed. */
  readonly entrants: number;
  readonly closesAt: number | undefined;
  /** Whether the last commitment is one that this version can read. */
  readonly isLastReadable: boolean;
  /** Every commitment, in order; all but the last were withdrawn. */
  readonly commitments: readonly Commitment[];
  /** The last pick, where it was withdrawn and none has been begun since. */
  readonly gaveUp: GaveUp | undefined;
  /** Who won what, in no order; empty until the phase `won`. */
  readonly wins: readonly Win[];
  /** How the winners were drawn; undefined where another program picked them. */
  readonly provenance: Provenance | undefined;
  /** How many of the winners another program added after our pick. */
  readonly addedLater: number;
  /** What organisers changed last while it was on. */
  readonly lastChange: LastChange | undefined;
  /** How many entrants organisers took out. */
  readonly removed: number;
  /** Why it was cancelled, as whoever did wrote it; empty where nobody said. */
  readonly cancelReason: string;
  /** Whether the sets were last seen to shrink: another program is picking. */
  readonly isPickedElsewhere: boolean;
  /** Whether those who had entered it were last seen to be gone while it was open: another program is starting another. */
  readonly isLeft: boolean;
  /** What another program is changing, and since when it has been as it is: see `observe.ts`. */
  readonly changing: { readonly digest: string; readonly since: number } | undefined;
  /** Counts the changes of the record. */
  readonly revision: number;
}

const whole = z.coerce.number().int();
const optional = z
  .string()
  .transform((text) => (text === '' ? undefined : Number(text)))
  .pipe(z.number().optional());
const flag = z.string().transform((text) => text === '1');
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is no JSON');
    return z.NEVER;
  }
});

/** The fields of the hash, as the scripts write them. */
const fields = z.object({
  id: z.string(),
  channel: z.string(),
  previous: z.string().default(''),
  phase: z.enum(PHASES),
  created_at: whole,
  finished_at: optional.optional(),
  number: optional.optional(),
  started_by: z.string().default(''),
  origin: z.enum(['bot', 'other']).default('other'),
  was_open: flag.default(false),
  is_announced: flag.default(false),
  is_old_news: flag.default(false),
  prizes: json.pipe(z.array(z.string())),
  earlier_prizes: json.pipe(z.array(z.string())).default([]),
  prize_count: whole,
  winner_count: whole.default(0),
  entrants: whole.default(0),
  closes_at: optional.optional(),
  commitments: z.string().default(''),
  /** How many commitments there were since an organiser last asked for a pick. */
  pick_attempts: whole.default(0),
  gave_up: z.string().default(''),
  provenance: json.pipe(provenance).optional(),
  added_later: whole.default(0),
  last_change: z.string().default(''),
  removed: whole.default(0),
  cancel_reason: z.string().default(''),
  is_picked_elsewhere: flag.default(false),
  is_left: flag.default(false),
  changing: z.string().default(''),
  changing_since: whole.default(0),
  revision: whole.default(0),
});

/** What can be written into a record, by the names of its fields in Redis. */
export type RecordFields = Partial<Record<keyof z.input<typeof fields>, string | number>>;

/**
 * Reads a record as Redis keeps it.
 * @param won who won what, as it is kept beside the record
 * @returns undefined where there is none
 * @throws Unreadable when it is no record of ours, or one of a newer version
 */
export function parseRecord(
  hash: Readonly<Record<string, string>>,
  won: Readonly<Record<string, string>>,
): DrawRecord | undefined {
  if (hash['id'] === undefined) return undefined;
  const result = fields.safeParse(hash);
  if (!result.success) throw new Unreadable(hash['id'], 'record', result.error);
  const read = result.data;
  return {
    id: read.id,
    channel: read.channel,
    previous: read.previous,
    phase: read.phase,
    createdAt: read.created_at,
    finishedAt: read.finished_at,
    number: read.number,
    startedBy: read.started_by,
    origin: read.origin,
    wasOpen: read.was_open,
    isAnnounced: read.is_announced,
    isOldNews: read.is_old_news,
    prizes: read.prizes,
    earlierPrizes: read.earlier_prizes,
    entrants: read.entrants,
    closesAt: read.closes_at,
    isLastReadable: read.commitments === '' || parseCommitment(read.commitments.split('\n').at(-1) ?? '') !== undefined,
    commitments: read.commitments.split('\n').flatMap((line) => parseCommitment(line) ?? []),
    gaveUp: parseGaveUp(read.gave_up),
    wins: winsOf(won),
    provenance: read.provenance,
    addedLater: read.added_later,
    lastChange: parseLastChange(read.last_change),
    removed: read.removed,
    cancelReason: read.cancel_reason,
    isPickedElsewhere: read.is_picked_elsewhere,
    isLeft: read.is_left,
    changing: read.changing === '' ? undefined : { digest: read.changing, since: read.changing_since },
    revision: read.revision,
  };
}

/** The pairs of a hash of prize to login. */
export function winsOf(hash: Readonly<Record<string, string>>): Win[] {
  return Object.entries(hash).map(([prize, login]) => ({ prize, login }));
}
