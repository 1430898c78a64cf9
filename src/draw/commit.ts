import { randomUUID } from 'node:crypto';
import type { DrawContext } from './context.ts';
import { digestOf } from './fair/digest.ts';
import { type Commitment, parseCommitment, VERSION } from './fair/proof.ts';
import { MOST_COMMITMENTS } from './gave-up.ts';
import { findLatest, keysOf } from './latest.ts';
import { type Lists, readLists } from './lists.ts';
import { closeForPickScript, commitScript } from './scripts/index.ts';
import { step } from './step.ts';
import type { DrawState } from './types.ts';

/** A commitment, with the very text by which Redis knows it. */
export interface StoredCommitment {
  readonly commitment: Commitment;
  readonly json: string;
}

/** Why a draw cannot be picked. */
export type NotPickable =
  /** Nobody to draw from, no prizes, or the winners are out already; nothing has changed. */
  | { readonly kind: 'refused'; readonly state: DrawState }
  /** Another program is picking the winners. */
  | { readonly kind: 'picked_elsewhere' }
  /** The draw that was meant is over, and another has begun. */
  | { readonly kind: 'another_draw' }
  /** A newer version of the bot is picking the winners. */
  | { readonly kind: 'newer_pick' };

/** What has been committed to for the pick under way. */
export type Held =
  | { readonly kind: 'none' }
  | { readonly kind: 'stored'; readonly stored: StoredCommitment }
  /** A newer version of the bot has committed to it, in its own way. */
  | { readonly kind: 'unreadable'; readonly json: string };

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly stored: StoredCommitment }
  /** Prizes or entrants changed meanwhile. */
  | { readonly kind: 'changed'; readonly before: Counts }
  /** Somebody else has committed to it. */
  | { readonly kind: 'taken' }
  /** There have been as many commitments as there may be for one asking. */
  | { readonly kind: 'enough' }
  | NotPickable;

/** How many prizes and entrants there were. */
export type Counts = Pick<Commitment, 'prizes' | 'entrants'>;

export interface CommitOptions {
  /** Who asked for it. */
  readonly by: string;
  /** Whether the draw may be open; it is closed then. */
  readonly mayClose: boolean;
  /** Whether prizes or entrants may have left that the record counts. */
  readonly mayBeFewer: boolean;
  /** Whether an organiser asks for it; else a pick is begun again. */
  readonly isAsked: boolean;
}

/** Reads what has been committed to for the pick under way. */
export async function heldCommitment(context: DrawContext): Promise<Held> {
  await findLatest(context);
  const { redis, keys, latest } = context;
  const json = await redis.get(keys.draw(latest.id).commitment);
  if (json === null) return { kind: 'none' };
  const commitment = parseCommitment(json);
  return commitment ? { kind: 'stored', stored: { commitment, json } } : { kind: 'unreadable', json };
}

/**
 * Closes the draw, and then commits to who takes part, for what, and which round of the beacon decides: one that does not
 * exist yet. What was read for it is kept for whoever carries it out.
 * @throws when Redis does not answer, or too late
 */
export async function commitOnce(context: DrawContext, options: CommitOptions): Promise<CommitOutcome> {
  const { redis, clock, channel, latest, keptLists } = context;
  const flags = { may_close: flag(options.mayClose), may_be_fewer: flag(options.mayBeFewer) };
  const closed = await step(context, (args) =>
    closeForPickScript.run(redis, { keys: keysOf(context), args: { ...args, ...flags } }),
  );
  if (closed[0] === 'refused') return { kind: 'refused', state: closed[1] };
  if (closed[0] !== 'closed') return { kind: closed[0] };

  const [, prizes, entrants] = closed;
  const before = { prizes, entrants };
  const lists = await readLists(context, entrants);
  let isKept = false;
  try {
    const commitment = await commitmentTo(context, lists, options.by);
    if (commitment === undefined) return { kind: 'changed', before };
    const json = JSON.stringify(commitment);
    const args = { channel, draw: latest.id, ...before, json, is_asked: flag(options.isAsked), most: MOST_COMMITMENTS };
    const reply = await clock.inTime((deadline) =>
      commitScript.run(redis, { keys: keysOf(context), args: { deadline, ...args } }),
    );
    if (reply[0] === 'refused') return { kind: 'refused', state: reply[1] };
    if (reply[0] === 'changed') return { kind: 'changed', before };
    if (reply[0] !== 'committed') return { kind: reply[0] };
    keptLists.keep(commitment.id, lists);
    isKept = true;
    return { kind: 'committed', stored: { commitment, json } };
  } finally {
    if (!isKept) lists.close();
  }
}

/** @returns undefined where nobody takes part any more, or for nothing */
async function commitmentTo(
  { randomness, beacon, now }: DrawContext,
  lists: Lists,
  by: string,
): Promise<Commitment | undefined> {
  const source = randomness === 'drand' ? beacon : undefined;
  const entrants = await lists.entrants.digest(VERSION);
  const prizes = digestOf(lists.prizes, VERSION);
  if (entrants.count === 0 || prizes.count === 0) return undefined;
  const time = now();
  return {
    id: randomUUID(),
    version: VERSION,
    source: source ? 'drand' : 'local',
    chain: source?.chain ?? null,
    round: (await source?.nextRound()) ?? null,
    entrants: entrants.count,
    entrantsDigest: entrants.digest,
    prizes: prizes.count,
    prizesDigest: prizes.digest,
    committedAt: time.toISOString(),
    pickedBy: by,
  };
}

function flag(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}
