import { randomBytes } from 'node:crypto';
import type { StoredCommitment } from './commit.ts';
import type { DrawContext } from './context.ts';
import { allot } from './fair/allot.ts';
import type { Round } from './fair/beacon.ts';
import { byBytes, digestOf } from './fair/digest.ts';
import { type Proof, seal, seedFrom } from './fair/proof.ts';
import { KEEP_ENTRANTS } from './final-entrants.ts';
import { provenanceOf } from './last-proof.ts';
import { keysOf } from './latest.ts';
import { hasSameMembers, sortedMembersOf } from './redis-sets.ts';
import { pickScript } from './scripts/index.ts';
import type { Win } from './types.ts';
import { runWatched, withWatch } from './with-watch.ts';
import { type WithdrawOutcome, withdraw } from './withdraw.ts';

/** How long the beacon's round is waited for once it should be there, in milliseconds. */
const ROUND_TIMEOUT = 15_000;

/**
 * Carries a pick out as it has been committed to: waits for the seed, and writes the winners in one step that refuses
 * when anything has changed.
 * @throws when Redis does not answer, or too late. The commitment then stays
 */
export async function carryOut(context: DrawContext, stored: StoredCommitment): Promise<WithdrawOutcome> {
  const { redis, keys, shared, latest } = context;
  const { commitment } = stored;
  const round = await roundOf(context, stored);
  const seed = round
    ? seedFrom(round.randomness, commitment.entrantsDigest, commitment.prizesDigest)
    : randomBytes(32).toString('hex');
  const watched = [shared.prizes, shared.entrants, keys.draw(latest.id).commitment];
  return withWatch(redis, watched, async (own) => {
    const prizes = byBytes(await own.smembers(shared.prizes));
    const copy = keys.copy(commitment.id);
    const isSame =
      (await digestOf([prizes], commitment.version)).digest === commitment.prizesDigest &&
      (await hasSameMembers(own, shared.entrants, copy));
    if (!isSame) return withdraw(context, stored);
    const wins = await allot(Buffer.from(seed, 'hex'), sortedMembersOf(own, copy), prizes);
    const proof = proofFrom(context, stored, { prizes, round, seed, wins });
    const isDone = await writeWinners(context, own, stored, proof);
    return isDone ? { kind: 'picked', wins: proof.winners, entrants: proof.entrants } : withdraw(context, stored);
  });
}

async function roundOf({ beacon }: DrawContext, { commitment }: StoredCommitment): Promise<Round | undefined> {
  const { source, round, chain } = commitment;
  if (source === 'local' || round === null || beacon === undefined || chain !== beacon.chain) return undefined;
  return beacon.get(round, ROUND_TIMEOUT);
}

interface Decided {
  readonly prizes: readonly string[];
  readonly round: Round | undefined;
  readonly seed: string;
  readonly wins: readonly Win[];
}

function proofFrom({ now }: DrawContext, { commitment }: StoredCommitment, decided: Decided): Proof {
  const { prizes, round, seed, wins } = decided;
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

/** @returns whether they were written; not where anything had changed */
async function writeWinners(
  context: DrawContext,
  own: DrawContext['redis'],
  { commitment, json }: StoredCommitment,
  proof: Proof,
): Promise<boolean> {
  const { clock, keys, channel, latest } = context;
  const deadline = await clock.deadline();
  const reply = await runWatched(own, pickScript, {
    keys: { ...keysOf(context), copy: keys.copy(commitment.id) },
    args: {
      deadline,
      channel,
      draw: latest.id,
      commitment: json,
      proof: JSON.stringify(proof),
      provenance: JSON.stringify(provenanceOf(proof)),
      keep: KEEP_ENTRANTS,
    },
    rest: proof.winners.flatMap(({ prize, login }) => [prize, login]),
  });
  return reply?.[0] === 'picked';
}
