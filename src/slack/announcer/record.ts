import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { DrawStatus } from '../../draw/status.ts';
import type { DrawState, Win } from '../../draw/types.ts';

export type Phase = 'none' | 'open' | 'closed' | 'won';

/** Part of an announcement to where its message is, a timestamp of Slack's: what has been posted. */
const sent = z.record(z.string(), z.string());
export type Sent = z.infer<typeof sent>;

/** A message that is being posted, or was when its answer got lost: it may have arrived. */
const posting = z.object({ part: z.string(), since: z.number() });
export type Posting = z.infer<typeof posting>;

/** A call may take effect long after its answer was given up, so the channel is looked through once more, later. */
const doubt = z.object({
  /** The draw whose messages are in doubt. */
  identity: z.string(),
  since: z.number(),
  /** When to look, and how many times more after that. */
  lookAt: z.number(),
  more: z.number().int(),
  /** What had been posted of that draw, when another has followed it. */
  sent: sent.nullable(),
});
export type Doubt = z.infer<typeof doubt>;

/** Why nothing can be posted at the moment. */
const trouble = z.object({
  /** In plain words, with what to do. */
  problem: z.string(),
  since: z.number(),
  tries: z.number().int(),
  tryAt: z.number(),
});
export type Trouble = z.infer<typeof trouble>;

const announcedWinner = z.object({
  prize: z.string(),
  login: z.string(),
  name: z.string(),
  image: z.string(),
  member: z
    .string()
    .nullish()
    .transform((member) => member ?? undefined),
});

const drawnFrom = z.object({
  by: z.enum(['drand', 'local', 'spop']),
  /** The beacon was to decide, but could not be reached. */
  isFallback: z.boolean(),
  round: z.number().int().nullable(),
  entrants: z.number().int(),
  /** The beginning of the record's digest. */
  digest: z.string(),
  /** Which pick it was. */
  pick: z.string().default(''),
  /** Whether the numbers of the draw were posted before its round existed; null: not asked yet. */
  inTime: z
    .boolean()
    .nullish()
    .transform((inTime) => inTime ?? null),
});
export type Drawn = z.infer<typeof drawnFrom>;

const page = z.object({
  /** The identity of the draw, which the shared keys do not hold: made up when it is first seen. */
  identity: z.string(),
  /** How far the draw had come when it was last looked at. */
  phase: z.enum(['none', 'open', 'closed', 'won']),
  /** The ID of the draw that the bot started last; with another program's draws, of one before. */
  drawId: z.string(),
  /** The prizes when the draw was first seen; a pick empties the shared set. */
  prizes: z.array(z.string()),
  entrants: z.number().int(),
  /** When the timer closes it. */
  closesAt: z.number().nullable(),
  /** Whether the draw itself is announced, not only its winners: it was seen before it was over. */
  opening: z.boolean(),
  /** The channel in which its messages are. */
  channel: z.string(),
  sent,
  /** Digest of what the announcement of the draw shows, and when it came to show it. */
  shown: z.string(),
  updatedAt: z.number(),
  /** Digest of who has won what. */
  winners: z.string(),
  /** How the winners were drawn, to be said with them. */
  drawn: drawnFrom.nullish().transform((drawn) => drawn ?? null),
  /** The winners as they are being announced, until they have been: neither a new draw nor a new name changes them. */
  announcing: z.array(announcedWinner),
  posting: posting.nullable(),
});

/** What is known and what has been announced of one draw. All times are in milliseconds since the epoch. */
export type Page = z.infer<typeof page>;

const announced = page.extend({
  /** Draws that have followed this one before all of it could be announced, in their order. */
  waiting: z.array(page).default([]),
  /** The ID of the last finished draw whose winners are in here. */
  takenUp: z.string().nullable().default(null),
  /** When something was posted last. */
  postedAt: z.number(),
  doubts: z.array(doubt),
  trouble: trouble.nullable(),
});

/** What has been announced, kept in Redis so that any process goes on with it: the draw that is being announced. */
export type Announced = z.infer<typeof announced>;

/**
 * Reads what was announced last.
 * @param onUnreadable called when the key holds something that is not ours
 * @returns undefined when nothing ever was, or it cannot be read
 * @throws when Redis does not answer
 */
export async function loadAnnounced(
  redis: Redis,
  key: string,
  onUnreadable: () => void = () => {},
): Promise<Announced | undefined> {
  const json = await redis.get(key);
  if (json === null) return undefined;
  try {
    return announced.parse(JSON.parse(json));
  } catch {
    onUnreadable();
    return undefined;
  }
}

/** The page of a draw of which nothing has been announced yet. */
export function newPage(
  { drawId, prizes, entrants }: Pick<DrawStatus, 'drawId' | 'prizes' | 'entrants'>,
  channel: string,
): Page {
  return {
    identity: randomUUID(),
    phase: 'none',
    drawId,
    prizes: [...prizes],
    entrants,
    closesAt: null,
    opening: false,
    channel,
    sent: {},
    shown: '',
    updatedAt: 0,
    winners: '',
    drawn: null,
    announcing: [],
    posting: null,
  };
}

/** The record when nothing has ever been announced. */
export function newRecord(first: Page): Announced {
  return { ...first, waiting: [], takenUp: null, postedAt: 0, doubts: [], trouble: null };
}

/** The phase that a state of the draw calls for. */
export function phaseOf(state: DrawState): Phase {
  if (state === 'NO_DRAW') return 'none';
  if (state === 'DRAW_WON') return 'won';
  return state.startsWith('DRAW_OPEN') ? 'open' : 'closed';
}

/** A short digest, equal only for equal values. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** A digest of who has won what, equal whatever else is known of them. */
export function digestOf(winners: readonly Win[]): string {
  return digest(winners.map(({ prize, login }) => ({ prize, login })));
}
