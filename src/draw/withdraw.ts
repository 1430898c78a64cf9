import type { StoredCommitment } from './commit.ts';
import type { DrawContext } from './context.ts';
import { MOST_COMMITMENTS } from './gave-up.ts';
import { proofOf } from './last-proof.ts';
import { keysOf } from './latest.ts';
import { withdrawScript } from './scripts/index.ts';
import type { Win } from './types.ts';

export type WithdrawOutcome =
  | { readonly kind: 'changed' }
  /** The pick is not begun again by itself any more. */
  | { readonly kind: 'gave_up' }
  /** Somebody else has carried out the very same pick. */
  | { readonly kind: 'picked'; readonly wins: readonly Win[]; readonly entrants: number };

/**
 * Withdraws a commitment: another program has changed the draw, or another process has finished the pick.
 * @param isFinal whether the pick is given up in any case, and not only after too many commitments
 */
export async function withdraw(
  context: DrawContext,
  { commitment, json }: StoredCommitment,
  { isFinal = false } = {},
): Promise<WithdrawOutcome> {
  const { redis, channel, latest } = context;
  const proof = await proofOf(context, latest.id);
  if (proof !== undefined && 'id' in proof && proof.id === commitment.id) {
    return { kind: 'picked', wins: proof.winners, entrants: proof.entrants };
  }
  const [withdrawn] = await withdrawScript.run(redis, {
    keys: keysOf(context),
    args: {
      channel,
      draw: latest.id,
      json,
      reason: 'changed',
      is_final: isFinal ? 1 : 0,
      most: MOST_COMMITMENTS,
    },
  });
  return { kind: withdrawn === 'gave_up' ? 'gave_up' : 'changed' };
}
