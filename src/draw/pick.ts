import { setTimeout as sleep } from 'node:timers/promises';
import { carryOut } from './carry-out.ts';
import { commitOnce, type NotPickable, type StoredCommitment, storedCommitment } from './commit.ts';
import type { DrawContext } from './context.ts';
import { byBytes, digestOf } from './fair/digest.ts';
import type { Commitment } from './fair/proof.ts';
import { hasAllMembers } from './redis-sets.ts';
import { pickWithSpop } from './spop.ts';
import { status } from './status.ts';
import { isAnother } from './step.ts';
import type { Win } from './types.ts';
import { withdraw } from './withdraw.ts';

/** How often a pick begins again because another program changed the draw meanwhile. */
const ATTEMPTS = 10;

/** How often to close and commit in one step, while people are entering, before it is done in two. */
const IN_ONE_STEP = 3;

/** A pick takes no longer than this, in milliseconds: a few rounds of the beacon, and the wait for it. */
export const LONGEST_PICK = 30_000;

/** How often to look whether somebody else's pick is done, in milliseconds. */
const LOOK_EVERY = 100;

/** Where entrants or prizes have left, another program may be picking: nothing must change for so long, in milliseconds. */
const QUIET = 1_000;

export type PickOutcome =
  | { readonly kind: 'picked'; readonly wins: readonly Win[]; readonly entrants: number }
  /** Another program changed the draw again and again; it is closed. */
  | { readonly kind: 'too_busy' }
  | NotPickable;

/** What asking for a pick came to: what decides is committed to, or was before. */
export type AskOutcome =
  | { readonly kind: 'committed'; readonly commitment: Commitment }
  | Exclude<PickOutcome, { kind: 'picked' }>;

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
  return pickFairly(context, by, { mayClose: true, mayBeFewer: false });
}

/**
 * Closes the draw, and commits to who takes part and what decides: the pick itself is then a matter of `resumePick`.
 * @throws when Redis does not answer, or too late
 */
export async function askForPick(context: DrawContext, by: string): Promise<AskOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const underWay = await storedCommitment(context);
    if (isAnother(context)) return { kind: 'another_draw' };
    if (underWay && (await isSameDraw(context, underWay)))
      return { kind: 'committed', commitment: underWay.commitment };
    if (underWay) await withdraw(context, underWay);
    const closesFirst = attempt >= IN_ONE_STEP;
    const outcome = await commitOnce(context, { by, mayClose: true, mayBeFewer: false, closesFirst });
    if (outcome.kind === 'committed') return { kind: 'committed', commitment: outcome.stored.commitment };
    if (outcome.kind !== 'changed') return outcome;
  }
  return { kind: 'too_busy' };
}

interface PickMode {
  /** Whether a draw that is open is meant; not when this pick has closed it already, and a new one began. */
  readonly mayClose: boolean;
  /** Whether entrants or prizes may have left since it was first asked for. */
  readonly mayBeFewer: boolean;
}

async function pickFairly(context: DrawContext, by: string, mode: PickMode): Promise<PickOutcome> {
  let { mayClose, mayBeFewer } = mode;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let stored = await othersPick(context);
    if (isAnother(context)) return { kind: 'another_draw' };
    if (stored === undefined) {
      const closesFirst = attempt >= IN_ONE_STEP;
      const outcome = await commitOnce(context, { by, mayClose, mayBeFewer, closesFirst });
      if (outcome.kind !== 'committed' && outcome.kind !== 'changed') return outcome;
      if (outcome.kind === 'committed' || closesFirst) mayClose = false;
      if (outcome.kind === 'changed') continue;
      stored = outcome.stored;
    }
    const outcome = await carryOut(context, stored);
    if (outcome.kind !== 'changed') return outcome;
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
async function quietlyFewer(context: DrawContext, before: Commitment): Promise<boolean> {
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

/**
 * Waits while somebody else's pick is under way.
 * @returns an abandoned commitment; undefined when there is none
 */
async function othersPick(context: DrawContext): Promise<StoredCommitment | undefined> {
  for (;;) {
    const stored = await storedCommitment(context);
    if (stored === undefined || ageOf(context, stored) >= LONGEST_PICK) return stored;
    await sleep(LOOK_EVERY);
  }
}

/** How long ago it was committed to, in milliseconds; by another machine's clock, it may seem to be yet to come. */
function ageOf({ now }: DrawContext, { commitment }: StoredCommitment): number {
  return Math.abs(now().getTime() - Date.parse(commitment.committedAt));
}

/**
 * Goes on with a pick that has been committed to, if there is one. Whoever has entered since takes part, in another round;
 * but a draw with other prizes, or without all those who were to take part, is another, which nobody has asked to pick.
 * @param age how long ago it must have been committed to, in milliseconds; before, whoever did is at work
 * @returns undefined where there is none
 * @throws when Redis does not answer, or too late
 */
export async function resumePick(context: DrawContext, age: number): Promise<PickOutcome | undefined> {
  const stored = await storedCommitment(context);
  if (isAnother(context)) return { kind: 'another_draw' };
  if (stored === undefined || ageOf(context, stored) < age) return undefined;
  const isSame = await isSameDraw(context, stored);
  const outcome = isSame ? await carryOut(context, stored) : await withdraw(context, stored);
  if (outcome.kind !== 'changed') return outcome;
  if (!isSame) return { kind: 'refused', state: (await status(context)).state };
  const mayBeFewer = await quietlyFewer(context, stored.commitment);
  return pickFairly(context, stored.commitment.pickedBy, { mayClose: false, mayBeFewer });
}

async function isSameDraw({ redis, shared, keys }: DrawContext, { commitment }: StoredCommitment): Promise<boolean> {
  const prizes = await digestOf([byBytes(await redis.smembers(shared.prizes))], commitment.version);
  if (prizes.digest !== commitment.prizesDigest) return false;
  return hasAllMembers(redis, shared.entrants, keys.copy(commitment.id));
}
