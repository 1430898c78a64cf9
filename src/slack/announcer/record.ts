import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { DrawStatus } from '../../draw/status.ts';
import type { DrawState, Win } from '../../draw/types.ts';

export type Phase = 'none' | 'open' | 'closed' | 'won';

/** A message that was being posted, and may have arrived. */
const posting = z.object({
  /** What it is a part of: the draw's announcement, or which one of the winners'. */
  part: z.string(),
  /** Carried by the message, so that it can be found in the channel. */
  id: z.string(),
  /** When posting began, in milliseconds since the epoch. */
  since: z.number(),
});
export type Posting = z.infer<typeof posting>;

/** Where a message is. */
const messageAt = z.object({ channel: z.string(), ts: z.string() });
export type MessageAt = z.infer<typeof messageAt>;

const announced = z.object({
  /** How far the announcements have come. */
  phase: z.enum(['none', 'open', 'closed', 'won']),
  /** The draw's ID where the bot started it; with another program's draws, the one before. */
  drawId: z.string(),
  /** The prizes when the draw was announced; a pick empties the shared set. */
  prizes: z.array(z.string()),
  entrants: z.number().int(),
  /** When the timer closes it, in milliseconds since the epoch. */
  closesAt: z.number().nullable(),
  message: messageAt.nullable(),
  /** Digest of what that message shows. */
  shown: z.string(),
  /** When it was last posted or updated, in milliseconds since the epoch. */
  updatedAt: z.number(),
  /** Digest of the winners that are announced, or are being announced. */
  winners: z.string(),
  /** How many of their messages have been posted. */
  winnersPosted: z.number().int(),
  /** What is being posted, from before Slack is asked until its answer has been kept. */
  posting: posting.nullable().default(null),
});

/** What has been announced, kept in Redis so that a restarted bot goes on with it. */
export type Announced = z.infer<typeof announced>;

/**
 * Reads what was announced last.
 * @returns undefined when nothing ever was, or the key holds something that is not ours
 */
export async function loadAnnounced(redis: Redis, key: string): Promise<Announced | undefined> {
  const json = await redis.get(key);
  if (json === null) return undefined;
  try {
    return announced.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** Keeps what has been announced. */
export async function saveAnnounced(redis: Redis, key: string, record: Announced): Promise<void> {
  await redis.set(key, JSON.stringify(record));
}

/** The record of a draw of which nothing has been announced yet. */
export function nothingAnnounced({ drawId, prizes, entrants }: DrawStatus): Announced {
  return {
    phase: 'none',
    drawId,
    prizes: [...prizes],
    entrants,
    closesAt: null,
    message: null,
    shown: '',
    updatedAt: 0,
    winners: '',
    winnersPosted: 0,
    posting: null,
  };
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

/**
 * Whether the shared keys contradict the record: then another draw has begun since. The keys hold no identity of a
 * draw, and other programs start draws too.
 */
export function isAnotherDraw(record: Announced, status: DrawStatus, wins: readonly Win[]): boolean {
  if (record.drawId !== status.drawId) return true;
  const phase = phaseOf(status.state);
  switch (phase) {
    case 'none':
      return record.phase !== 'none';
    case 'open':
      return record.phase === 'closed' || record.phase === 'won' || hasOthers(record, status);
    case 'closed':
      return record.phase === 'won' || hasOthers(record, status);
    case 'won':
      if (record.phase === 'won') return record.winners !== digest(wins);
      return wins.some(({ prize }) => !record.prizes.includes(prize));
  }
}

function hasOthers(record: Announced, { prizes, entrants }: DrawStatus): boolean {
  return record.phase !== 'none' && (entrants < record.entrants || digest(record.prizes) !== digest(prizes));
}
