import { setTimeout as sleep } from 'node:timers/promises';
import { carryOut } from './carry-out.ts';
import {
  type Counts,
  commitOnce,
  type Held,
  heldCommitment,
  type NotPickable,
  type StoredCommitment,
} from './commit.ts';
import type { DrawContext } from './context.ts';
import { byBytes, digestOf } from './fair/digest.ts';
import type { Commitment } from './fair/proof.ts';
import { LONGEST_PICK } from './gave-up.ts';
import { pickWithSpop } from './spop.ts';
import { status } from './status.ts';
import { isAnother } from './step.ts';
import type { Win } from './types.ts';
import { withdrawUnreadable } from './unreadable-pick.ts';
import { withdraw } from './withdraw.ts';

/** How often a pick that has not been committed to begins again because another program changed the draw meanwhile. */
const ATTEMPTS = 10;

/** How often to look whether somebody else's pick is done, in milliseconds. */
const LOOK_EVERY = 100;

/** Where entrants or prizes have left, another program may be picking: nothing must change for so long, in milliseconds. */
const QUIET = 1_000;

export type PickOutcome =
  | { readonly kind: 'picked'; readonly wins: readonly Win[]; readonly entrants: number }
  /** Another program changed the draw again and again; it is closed. */
  | { readonly kind: 'too_busy' }
  /** A newer version had committed to it, and did not come back. */
  | { readonly kind: 'gone' }
  | NotPickable;

/** What asking for a pick came to: what decides is committed to, or was before. */
export type AskOutcome =
  | { readonly kind: 'committed'; readonly commitment: Commitment; readonly draw: string }
  | Exclude<PickOutcome, { kind: 'picked' | 'gone' }>;

export interface PickOptions {
  /** Who asks for it, for the record. */
  readonly by?: string;
}

/**
 * Closes the draw and picks the winners: `askForPick`, and then everything that follows.
 * @throws when Redis does not answer, or too late. The commitment then stays, and `resumePick` goes on with it
 */
export async function pick(context: DrawContext, { by = '' }: PickOptions = {}): Promise<PickOutcome> {
  if (context.randomness === 'spop') return pickWithSpop(context);
  return pickFairly(context, by, { mayClose: true, mayBeFewer: false, isAsked: true });
}

/**
 * Closes the draw, and commits to who takes part and what decides: the pick itself is then a matter of `resumePick`.
 * @throws when Redis does not answer, or too late
 */
export async function askForPick(context: DrawContext, by: string): Promise<AskOutcome> {
  let [mayClose, mayBeFewer] = [true, false];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const held = await heldCommitment(context);
    if (isAnother(context)) return { kind: 'another_draw' };
    if (held.kind === 'unreadable' && (await isNewers(context, held.json))) return { kind: 'newer_pick' };
    if (held.kind === 'stored') {
      if (await hasSamePrizes(context, held.stored)) return committed(context, held.stored);
      await withdraw(context, held.stored);
    }
    const outcome = await commitOnce(context, { by, mayClose, mayBeFewer, isAsked: true });
    if (outcome.kind === 'committed') return committed(context, outcome.stored);
    if (outcome.kind === 'enough') return { kind: 'too_busy' };
    if (outcome.kind !== 'changed' && outcome.kind !== 'taken') return outcome;
    // It is closed by now: where it is open again, another draw has begun.
    mayClose = false;
    if (outcome.kind === 'changed') mayBeFewer ||= await quietlyFewer(context, outcome.before);
  }
  return { kind: 'too_busy' };
}

function committed({ latest }: DrawContext, { commitment }: StoredCommitment): AskOutcome {
  return { kind: 'committed', commitment, draw: latest.id };
}

/** Whether a commitment that cannot be read is left to a newer version; one that has had time enough is withdrawn. */
async function isNewers(context: DrawContext, json: string): Promise<boolean> {
  if (context.unreadablePicks.left(json) > 0) return true;
  await withdrawUnreadable(context, json);
  return false;
}

interface PickMode {
  /** Whether a draw that is open is meant; not when this pick has closed it already, and a new one began. */
  readonly mayClose: boolean;
  /** Whether entrants or prizes may have left since it was first asked for. */
  readonly mayBeFewer: boolean;
  /** Whether an organiser asks for it; else it is gone on with. */
  readonly isAsked: boolean;
}

async function pickFairly(context: DrawContext, by: string, mode: PickMode): Promise<PickOutcome> {
  let { mayClose, mayBeFewer, isAsked } = mode;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const held = await othersPick(context);
    if (isAnother(context)) return { kind: 'another_draw' };
    if (held.kind === 'unreadable' && (await isNewers(context, held.json))) return { kind: 'newer_pick' };
    let stored = held.kind === 'stored' ? held.stored : undefined;
    if (stored === undefined) {
      const outcome = await commitOnce(context, { by, mayClose, mayBeFewer, isAsked });
      if (outcome.kind === 'enough') return { kind: 'too_busy' };
      if (outcome.kind !== 'committed' && outcome.kind !== 'changed' && outcome.kind !== 'taken') return outcome;
      mayClose = false;
      if (outcome.kind === 'changed') mayBeFewer ||= await quietlyFewer(context, outcome.before);
      if (outcome.kind !== 'committed') continue;
      stored = outcome.stored;
      isAsked = false;
    }
    const outcome = await carryOut(context, stored);
    if (outcome.kind === 'picked') return outcome;
    // Where it was an earlier asking that came to nothing, this one begins.
    if (outcome.kind === 'gave_up' && !isAsked) return { kind: 'too_busy' };
    mayBeFewer ||= await quietlyFewer(context, stored.commitment);
  }
  return { kind: 'too_busy' };
}

/**
 * Where entrants or prizes have left, waits until nothing changes any more: the original application takes them out one
 * by one when it picks, and its winners come at the end.
 * @param before what there was
 * @returns whether fewer are there now
 */
async function quietlyFewer(context: DrawContext, before: Counts): Promise<boolean> {
  const { redis, shared } = context;
  const count = async (): Promise<readonly [number, number]> =>
    Promise.all([redis.scard(shared.prizes), redis.scard(shared.entrants)]);
  let [prizes, entrants] = await count();
  if (prizes >= before.prizes && entrants >= before.entrants) return false;
  for (let since = performance.now(); performance.now() - since < QUIET; await sleep(LOOK_EVERY)) {
    const [nowPrizes, nowEntrants] = await count();
    if (nowPrizes === prizes && nowEntrants === entrants) continue;
    [prizes, entrants] = [nowPrizes, nowEntrants];
    since = performance.now();
  }
  return true;
}

/** Waits while somebody else's pick is under way; what is there then is abandoned, or cannot be read. */
async function othersPick(context: DrawContext): Promise<Held> {
  for (;;) {
    const held = await heldCommitment(context);
    if (held.kind !== 'stored' || ageOf(context, held.stored) >= LONGEST_PICK) return held;
    await sleep(LOOK_EVERY);
  }
}

/** How long ago it was committed to, in milliseconds; by another machine's clock, it may seem to be yet to come. */
function ageOf({ now }: DrawContext, { commitment }: StoredCommitment): number {
  return Math.abs(now().getTime() - Date.parse(commitment.committedAt));
}

/**
 * Goes on with a pick that has been committed to, if there is one. Where other entrants are in by now, it begins
 * again with another round; but a draw with other prizes is another, which nobody has asked to pick.
 * @param age how long ago it must have been committed to, in milliseconds; before, whoever did is at work
 * @returns undefined where there is none
 * @throws when Redis does not answer, or too late
 */
export async function resumePick(context: DrawContext, age: number): Promise<PickOutcome | undefined> {
  const held = await heldCommitment(context);
  if (isAnother(context)) return { kind: 'another_draw' };
  if (held.kind === 'unreadable') return (await isNewers(context, held.json)) ? undefined : { kind: 'gone' };
  if (held.kind === 'none' || ageOf(context, held.stored) < age) return undefined;
  const { stored } = held;
  const isSame = await hasSamePrizes(context, stored);
  const outcome = isSame ? await carryOut(context, stored) : await withdraw(context, stored, { isFinal: true });
  if (outcome.kind === 'picked') return outcome;
  if (!isSame) return { kind: 'refused', state: (await status(context)).state };
  if (outcome.kind === 'gave_up') return { kind: 'too_busy' };
  const mayBeFewer = await quietlyFewer(context, stored.commitment);
  return pickFairly(context, stored.commitment.pickedBy, { mayClose: false, mayBeFewer, isAsked: false });
}

async function hasSamePrizes({ redis, shared }: DrawContext, { commitment }: StoredCommitment): Promise<boolean> {
  const prizes = byBytes(await redis.smembers(shared.prizes));
  return digestOf(prizes, commitment.version).digest === commitment.prizesDigest;
}
