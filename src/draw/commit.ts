import { randomUUID } from 'node:crypto';
import type { DrawContext } from './context.ts';
import { byBytes, digestOf } from './fair/digest.ts';
import { type Commitment, parseCommitment, VERSION } from './fair/proof.ts';
import { MOST_COMMITMENTS } from './gave-up.ts';
import { findLatest, keysOf } from './latest.ts';
import { copySorted, sortedMembersOf } from './redis-sets.ts';
import { commitScript, freezeScript } from './scripts/index.ts';
import { step } from './step.ts';
import type { DrawState } from './types.ts';
import { runWatched, withWatch } from './with-watch.ts';

/** How long a copy of the entrants lives to which nobody has committed, in seconds. */
const COPY_TTL = 600;

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
  /** Something changed meanwhile, or somebody else has committed to another. */
  | { readonly kind: 'changed' }
  /** There have been as many commitments as there may be for one asking. */
  | { readonly kind: 'enough' }
  | NotPickable;

export interface CommitOptions {
  /** Who asked for it. */
  readonly by: string;
  /** Whether the draw may be open. */
  readonly mayClose: boolean;
  /** Whether prizes or entrants may have left that the record counts. */
  readonly mayBeFewer: boolean;
  /** Whether to close first, and then to commit: people enter faster than both can be done in one step. */
  readonly closesFirst: boolean;
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
 * Closes the draw, and commits to who takes part, for what, and which round of the beacon decides: one that does not exist
 * yet.
 * @throws when Redis does not answer, or too late
 */
export async function commitOnce(context: DrawContext, options: CommitOptions): Promise<CommitOutcome> {
  const { redis, clock, shared, channel, latest } = context;
  const flags = { may_close: flag(options.mayClose), may_be_fewer: flag(options.mayBeFewer) };
  const [ready, state] = await step(context, () =>
    clock.inTime((deadline) =>
      freezeScript.run(redis, {
        keys: keysOf(context),
        args: { deadline, channel, draw: latest.id, ...flags, closes: flag(options.closesFirst) },
      }),
    ),
  );
  if (ready === 'refused') return { kind: 'refused', state };
  if (ready === 'picked_elsewhere' || ready === 'another_draw') return { kind: ready };

  return withWatch(redis, [shared.prizes, shared.entrants], async (own) => {
    const id = randomUUID();
    const copy = context.keys.copy(id);
    await copySorted(own, shared.entrants, copy, COPY_TTL);
    const commitment = await commitmentTo(context, own, copy, { id, by: options.by });
    if (commitment === undefined) {
      await own.unlink(copy);
      return { kind: 'changed' };
    }
    const json = JSON.stringify(commitment);
    const deadline = await clock.deadline();
    const reply = await runWatched(own, commitScript, {
      keys: { ...keysOf(context), copy },
      args: {
        deadline,
        channel,
        draw: latest.id,
        ...flags,
        json,
        is_asked: flag(options.isAsked),
        most: MOST_COMMITMENTS,
      },
    });
    if (reply?.[0] === 'committed') return { kind: 'committed', stored: { commitment, json } };
    await own.unlink(copy);
    if (reply?.[0] === 'refused') return { kind: 'refused', state: reply[1] };
    if (reply?.[0] === 'enough') return { kind: 'enough' };
    return { kind: reply?.[0] === 'picked_elsewhere' ? 'picked_elsewhere' : 'changed' };
  });
}

/** @returns undefined where nobody takes part any more, or for nothing */
async function commitmentTo(
  { shared, randomness, beacon, now }: DrawContext,
  own: DrawContext['redis'],
  copy: string,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<Commitment | undefined> {
  const source = randomness === 'drand' ? beacon : undefined;
  const entrants = await digestOf(sortedMembersOf(own, copy), VERSION);
  const prizes = await digestOf([byBytes(await own.smembers(shared.prizes))], VERSION);
  if (entrants.count === 0 || prizes.count === 0) return undefined;
  const time = now();
  return {
    id,
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
