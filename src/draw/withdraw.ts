import type { StoredCommitment } from './commit.ts';
import type { DrawContext } from './context.ts';
import { proofOf } from './last-proof.ts';
import { keysOf } from './latest.ts';
import { withdrawScript } from './scripts/index.ts';
import type { Win } from './types.ts';

export type WithdrawOutcome =
  | { readonly kind: 'changed' }
  /** Somebody else has carried out the very same pick. */
  | { readonly kind: 'picked'; readonly wins: readonly Win[]; readonly entrants: number };

/** Withdraws a commitment: another program has changed the draw, or another process has finished the pick. */
export async function withdraw(context: DrawContext, { commitment, json }: StoredCommitment): Promise<WithdrawOutcome> {
  const { redis, keys, channel, latest } = context;
  const proof = await proofOf(context, latest.id);
  if (proof !== undefined && 'id' in proof && proof.id === commitment.id) {
    return { kind: 'picked', wins: proof.winners, entrants: proof.entrants };
  }
  await withdrawScript.run(redis, {
    keys: { ...keysOf(context), copy: keys.copy(commitment.id) },
    args: { channel, draw: latest.id, json },
  });
  return { kind: 'changed' };
}
