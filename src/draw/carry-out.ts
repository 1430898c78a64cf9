import { randomBytes } from 'node:crypto';
import { TooLate } from './clock.ts';
import type { StoredCommitment } from './commit.ts';
import type { DrawContext } from './context.ts';
import type { Round } from './fair/beacon.ts';
import { digestOf } from './fair/digest.ts';
import { type Commitment, type Proof, seal, seedFrom } from './fair/proof.ts';
import { KEEP_ENTRANTS } from './final-entrants.ts';
import { provenanceOf } from './last-proof.ts';
import { keysOf } from './latest.ts';
import { type Lists, readLists } from './lists.ts';
import { runWatched } from './own-connection.ts';
import { pickScript } from './scripts/index.ts';
import type { Win } from './types.ts';
import { type WithdrawOutcome, withdraw } from './withdraw.ts';

/** How long the beacon's round is waited for once it should be there, in milliseconds. */
const ROUND_TIMEOUT = 15_000;

/**
 * Carries a pick out as it has been committed to: waits for the seed, and writes the winners in one step that refuses
 * when anything has changed.
 * @throws when Redis does not answer, or too late. The commitment then stays
 */
export async function carryOut(context: DrawContext, stored: StoredCommitment): Promise<WithdrawOutcome> {
  const { commitment } = stored;
  const kept = context.keptLists.take(commitment.id);
  const lists = kept ?? (await readLists(context, commitment.entrants));
  try {
    if (kept === undefined && !(await areAsCommitted(lists, commitment))) return await withdraw(context, stored);
    const round = await roundOf(context, commitment);
    const seed = round
      ? seedFrom(round.randomness, commitment.entrantsDigest, commitment.prizesDigest)
      : randomBytes(32).toString('hex');
    const wins = await lists.entrants.allot(Buffer.from(seed, 'hex'), lists.prizes);
    const proof = proofFrom(context, stored, { prizes: lists.prizes, round, seed, wins });
    const isDone = await writeWinners(context, lists, stored, proof);
    return isDone ? { kind: 'picked', wins: proof.winners, entrants: proof.entrants } : await withdraw(context, stored);
  } finally {
    lists.close();
  }
}

/** Whether these are the lists that were committed to. */
async function areAsCommitted({ prizes, entrants }: Lists, commitment: Commitment): Promise<boolean> {
  if (digestOf(prizes, commitment.version).digest !== commitment.prizesDigest) return false;
  return (await entrants.digest(commitment.version)).digest === commitment.entrantsDigest;
}

async function roundOf({ beacon }: DrawContext, { source, round, chain }: Commitment): Promise<Round | undefined> {
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

/**
 * @returns whether they were written; not where anything had changed
 * @throws TooLate
 */
async function writeWinners(
  context: DrawContext,
  { own }: Lists,
  { json }: StoredCommitment,
  proof: Proof,
): Promise<boolean> {
  const { clock, channel, latest } = context;
  const deadline = await clock.deadline();
  const reply = await runWatched(own, pickScript, {
    keys: keysOf(context),
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
  if (reply?.[0] === 'too_late') {
    // Nothing has changed: the same round decides, when it is gone on with.
    clock.forget();
    throw new TooLate();
  }
  return reply?.[0] === 'picked';
}
