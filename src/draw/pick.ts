import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { commit, type Laid, laidDown } from './commit.ts';
import type { DrawContext } from './context.ts';
import { allot } from './fair/allot.ts';
import type { Round } from './fair/beacon.ts';
import { byBytes, digestOf } from './fair/digest.ts';
import { type Commitment, type Proof, seal, seedFrom } from './fair/proof.ts';
import { lastProof } from './proof.ts';
import { replies } from './scripts/index.ts';
import { hasAllMembers, hasSameMembers, sortedMembersOf } from './sets.ts';
import { pickWithSpop } from './spop.ts';
import { status } from './status.ts';
import type { DrawState, Win } from './types.ts';
import { replyOf, watching } from './watching.ts';

/** How often a pick begins again because another program changed the draw meanwhile. */
const ATTEMPTS = 10;

/** How often to close and lay down in one step, while people are entering, before it is done in two. */
const IN_ONE_STEP = 3;

/** How long the beacon's round is waited for once it should be there, in milliseconds. */
const PATIENCE = 15_000;

/** A pick takes no longer than this, in milliseconds: a few rounds of the beacon, and the patience for it. */
export const LONGEST_PICK = 30_000;

/** How often to look whether somebody else's pick is done, in milliseconds. */
const LOOK_EVERY = 100;

export type PickOutcome =
  | { readonly kind: 'picked'; readonly wins: readonly Win[]; readonly entrants: number }
  /** Nobody to draw from, no prizes, or the winners are out already; nothing has changed. */
  | { readonly kind: 'refused'; readonly state: DrawState }
  /** Another program changed the draw again and again; it is closed. */
  | { readonly kind: 'too_busy' };

export interface PickOptions {
  /** Who asks for it, for the record. */
  readonly by?: string;
  /** Called when it has been laid down who takes part, for what, and which round of the beacon decides. */
  readonly onCommitted?: (commitment: Commitment) => void;
}

/**
 * Closes the draw and picks the winners. First it is laid down who takes part and what decides; then the seed is waited
 * for; then the winners are written in one step that refuses when anything has changed.
 * @throws when Redis does not answer, or too late. What was laid down then stays, and `resume` goes on with it
 */
export async function pick(context: DrawContext, options: PickOptions = {}): Promise<PickOutcome> {
  return context.randomness === 'spop' ? pickWithSpop(context) : pickFairly(context, options, true);
}

/** @param mayClose whether a draw that is open is meant; not when this pick has closed it already, and a new one began */
async function pickFairly(
  context: DrawContext,
  { by = '', onCommitted }: PickOptions,
  mayClose: boolean,
): Promise<PickOutcome> {
  let closes = mayClose;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let laid = await othersPick(context);
    if (laid === undefined) {
      const closesFirst = attempt >= IN_ONE_STEP;
      const committed = await commit(context, by, closes, closesFirst);
      if (committed.kind === 'refused') return committed;
      if (committed.kind === 'committed' || closesFirst) closes = false;
      if (committed.kind === 'changed') continue;
      laid = committed.laid;
    }
    onCommitted?.(laid.commitment);
    const outcome = await carryOut(context, laid);
    if (outcome.kind !== 'changed') return outcome;
  }
  return { kind: 'too_busy' };
}

/**
 * Waits while somebody else's pick is under way.
 * @returns a pick that nobody goes on with; undefined when there is none
 */
async function othersPick(context: DrawContext): Promise<Laid | undefined> {
  for (;;) {
    const laid = await laidDown(context);
    if (laid === undefined || ageOf(context, laid) >= LONGEST_PICK) return laid;
    await sleep(LOOK_EVERY);
  }
}

/** How long ago something was laid down, in milliseconds; by another machine's clock, it may seem to be yet to come. */
function ageOf({ now }: DrawContext, { commitment }: Laid): number {
  return Math.abs(now().getTime() - Date.parse(commitment.committedAt));
}

/**
 * Goes on with a pick that a crash has cut off, if there is one. Whoever has entered since takes part, in another round;
 * but a draw with other prizes, or without all those who were laid down, is another, which nobody has asked to pick.
 * @param age how long ago it must have been laid down, in milliseconds; before, whoever did is at work
 * @returns undefined where there is none
 * @throws when Redis does not answer, or too late
 */
export async function resume(context: DrawContext, age: number): Promise<PickOutcome | undefined> {
  const laid = await laidDown(context);
  if (laid === undefined || ageOf(context, laid) < age) return undefined;
  const isSame = await isSameDraw(context, laid);
  const outcome = isSame ? await carryOut(context, laid) : await withdraw(context, laid);
  if (outcome.kind !== 'changed') return outcome;
  if (isSame) return pickFairly(context, { by: laid.commitment.pickedBy }, false);
  return { kind: 'refused', state: (await status(context)).state };
}

async function isSameDraw({ redis, keys }: DrawContext, { commitment }: Laid): Promise<boolean> {
  const prizes = await digestOf([byBytes(await redis.smembers(keys.prizes))]);
  if (prizes.digest !== commitment.prizesDigest) return false;
  return hasAllMembers(redis, keys.entrants, keys.copy(commitment.id));
}

type Outcome = PickOutcome | { readonly kind: 'changed' };

async function carryOut(context: DrawContext, laid: Laid): Promise<Outcome> {
  const { redis, keys } = context;
  const { commitment } = laid;
  const round = await roundOf(context, laid);
  const seed = round
    ? seedFrom(round.randomness, commitment.entrantsDigest, commitment.prizesDigest)
    : randomBytes(32).toString('hex');
  return watching(redis, [keys.prizes, keys.entrants, keys.commitment], async (own): Promise<Outcome> => {
    const prizes = byBytes(await own.smembers(keys.prizes));
    const copy = keys.copy(commitment.id);
    const isSame =
      (await digestOf([prizes])).digest === commitment.prizesDigest && (await hasSameMembers(own, keys.entrants, copy));
    if (!isSame) return withdraw(context, laid);
    const wins = await allot(Buffer.from(seed, 'hex'), sortedMembersOf(own, copy), prizes);
    const proof = proofOf(context, laid, { prizes, round, seed, wins });
    return (await writeWinners(context, own, laid, proof)) ?? withdraw(context, laid);
  });
}

async function roundOf({ beacon }: DrawContext, { commitment }: Laid): Promise<Round | undefined> {
  const { source, round, chain } = commitment;
  if (source === 'local' || round === null || beacon === undefined || chain !== beacon.chain) return undefined;
  return beacon.get(round, PATIENCE);
}

interface Decided {
  readonly prizes: readonly string[];
  readonly round: Round | undefined;
  readonly seed: string;
  readonly wins: readonly Win[];
}

function proofOf({ now }: DrawContext, { commitment }: Laid, { prizes, round, seed, wins }: Decided): Proof {
  return seal({
    ...commitment,
    prizes: [...prizes],
    seededBy: round ? 'drand' : 'local',
    signature: round?.signature ?? null,
    randomness: round?.randomness ?? null,
    seed,
    winners: wins.map(({ prize, login }) => ({ prize, login })),
    pickedAt: now().toISOString(),
  });
}

async function writeWinners(
  { clock, keys }: DrawContext,
  own: DrawContext['redis'],
  { commitment, json }: Laid,
  proof: Proof,
): Promise<Outcome | undefined> {
  const draw = [keys.isOpen, keys.prizes, keys.entrants, keys.winners, keys.winnersJson];
  const ours = [keys.commitment, keys.copy(commitment.id), keys.proof, keys.proofEntrants];
  const pairs = proof.winners.flatMap(({ prize, login }) => [prize, login]);
  const deadline = await clock.deadline();
  const done = await own
    .multi()
    .drawPick(...draw, ...ours, deadline, json, JSON.stringify(proof), ...pairs)
    .exec();
  // Nothing at all was carried out when a watched key had changed.
  if (!done) return undefined;
  const outcome = replies.pick.parse(replyOf(done));
  switch (outcome[0]) {
    case 'picked':
      return { kind: 'picked', wins: proof.winners, entrants: proof.entrants };
    case 'contradicted':
    case 'gone':
    case 'too_late':
      return undefined;
  }
}

/** The draw is not what was laid down: another program has changed it, or somebody else has finished the pick. */
async function withdraw(context: DrawContext, laid: Laid): Promise<Outcome> {
  const { redis, keys } = context;
  const finished = await finishedByAnother(context, laid);
  if (finished.kind === 'changed') {
    await redis.drawWithdraw(keys.commitment, keys.copy(laid.commitment.id), laid.json);
  }
  return finished;
}

/** Two processes may carry out the same pick; one of them writes the winners, and both have picked. */
async function finishedByAnother(context: DrawContext, { commitment }: Laid): Promise<Outcome> {
  const proof = await lastProof(context);
  if (proof === undefined || !('id' in proof) || proof.id !== commitment.id) return { kind: 'changed' };
  return { kind: 'picked', wins: proof.winners, entrants: proof.entrants };
}
