import type { DrawContext } from './context.ts';
import { type Checked, check } from './fair/check.ts';
import { type Proof, parseProof, type Unproven } from './fair/proof.ts';
import { sortedMembersOf } from './sets.ts';

/** What the last pick left to check it by. */
export type LastProof = Proof | Unproven | undefined;

/**
 * Reads the record of the last pick.
 * @returns undefined where there is none
 * @throws when Redis does not answer
 */
export async function lastProof({ redis, keys }: DrawContext): Promise<LastProof> {
  const json = await redis.get(keys.proof);
  return json === null ? undefined : parseProof(json);
}

/** What checking a record came to, here where the winners are. */
export interface CheckedProof extends Checked {
  /** Whether the winners who are out now are those of the record; `none` are once the next draw has begun. */
  readonly out: 'these' | 'others' | 'none';
}

async function winnersOut({ redis, keys }: DrawContext, proof: Proof): Promise<CheckedProof['out']> {
  const out = new Map(Object.entries(await redis.hgetall(keys.winners)));
  if (out.size === 0) return 'none';
  // Winners of an earlier draw may be among them, where another program let them be.
  return proof.winners.every(({ prize, login }) => out.get(prize) === login) ? 'these' : 'others';
}

/** The entrants of the last pick, sorted by their bytes, in batches. */
export function entrantsOfProof({ redis, keys }: DrawContext): AsyncIterable<readonly string[]> {
  return sortedMembersOf(redis, keys.proofEntrants);
}

/**
 * Does the last pick again, and compares.
 * @param logins whose tickets to rank
 * @throws when Redis does not answer
 */
export async function checkProof(context: DrawContext, proof: Proof, logins: readonly string[]): Promise<CheckedProof> {
  const checked = await check(proof, () => entrantsOfProof(context), context.beacon, logins);
  return { ...checked, out: await winnersOut(context, proof) };
}
