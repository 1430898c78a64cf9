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

/**
 * Whether a record is of the winners who are out, or were until the next draw began: another program may have picked.
 * @returns undefined when there are none to compare with
 * @throws when Redis does not answer
 */
async function isOfTheseWinners({ redis, keys }: DrawContext, proof: Proof): Promise<boolean | undefined> {
  const [now, before] = await Promise.all([redis.hgetall(keys.winners), redis.hgetall(keys.wonBefore)]);
  const out = new Map(Object.entries(Object.keys(now).length > 0 ? now : before));
  if (out.size === 0) return undefined;
  return out.size === proof.winners.length && proof.winners.every(({ prize, login }) => out.get(prize) === login);
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
export async function checkProof(context: DrawContext, proof: Proof, logins: readonly string[]): Promise<Checked> {
  const checked = await check(proof, () => entrantsOfProof(context), context.beacon, logins);
  const isOfThese = await isOfTheseWinners(context, proof);
  if (isOfThese === undefined) return checked;
  const steps = [...checked.steps, { what: 'these are the winners who are out', isRight: isOfThese }];
  return { ...checked, steps, isRight: checked.isRight && isOfThese };
}
