import { randomUUID } from 'node:crypto';
import type { DrawContext } from './context.ts';
import { byBytes, digestOf } from './fair/digest.ts';
import { type Commitment, parseCommitment, VERSION } from './fair/proof.ts';
import { replies } from './scripts/index.ts';
import { copySorted, sortedMembersOf } from './sets.ts';
import type { DrawState } from './types.ts';
import { replyOf, watching } from './watching.ts';

/** How long a copy of the entrants lives that nothing was laid down for, in seconds. */
const COPY_TTL = 600;

/** A commitment, with the very text by which Redis knows it. */
export interface Laid {
  readonly commitment: Commitment;
  readonly json: string;
}

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly laid: Laid }
  /** Something changed meanwhile, or somebody else has laid down another. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly state: DrawState };

/**
 * Reads what has been laid down for the pick under way.
 * @returns undefined where there is none
 */
export async function laidDown({ redis, keys }: DrawContext): Promise<Laid | undefined> {
  const json = await redis.get(keys.commitment);
  const commitment = json === null ? undefined : parseCommitment(json);
  return json !== null && commitment ? { commitment, json } : undefined;
}

/**
 * Closes the draw, and lays down who takes part, for what, and which round of the beacon decides: one that does not
 * exist yet.
 * @param by who asked for it
 * @param mayClose whether the draw may be open
 * @param first whether to close it first, and then to lay down: people enter faster than both can be done in one step
 * @throws when Redis does not answer, or too late
 */
export async function commit(
  context: DrawContext,
  by: string,
  mayClose: boolean,
  first: boolean,
): Promise<CommitOutcome> {
  const { redis, clock, keys, randomness, now } = context;
  const beacon = randomness === 'drand' ? context.beacon : undefined;
  const draw = [keys.isOpen, keys.prizes, keys.entrants, keys.winners];
  const ready = await clock.inTime(async (deadline) =>
    replies.freeze.parse(await redis.drawFreeze(...draw, deadline, flag(mayClose), flag(first))),
  );
  if (ready[0] === 'refused') return { kind: 'refused', state: ready[1] };

  return watching(redis, [keys.prizes, keys.entrants], async (own) => {
    const id = randomUUID();
    const copy = keys.copy(id);
    await copySorted(own, keys.entrants, copy, COPY_TTL);
    const entrants = await digestOf(sortedMembersOf(own, copy));
    const prizes = await digestOf([byBytes(await own.smembers(keys.prizes))]);
    if (entrants.count === 0 || prizes.count === 0) return { kind: 'changed' };
    const time = now();
    const commitment: Commitment = {
      id,
      version: VERSION,
      source: beacon ? 'drand' : 'local',
      chain: beacon?.chain ?? null,
      round: (await beacon?.nextRound()) ?? null,
      entrants: entrants.count,
      entrantsDigest: entrants.digest,
      prizes: prizes.count,
      prizesDigest: prizes.digest,
      committedAt: time.toISOString(),
      pickedBy: by,
    };
    const json = JSON.stringify(commitment);
    const deadline = await clock.deadline();
    const done = await own
      .multi()
      .drawCommit(...draw, keys.commitment, copy, deadline, flag(mayClose), json)
      .exec();
    // Nothing at all was carried out when a watched key had changed.
    const outcome = done ? replies.commit.parse(replyOf(done)) : (['changed'] as const);
    if (outcome[0] === 'committed') return { kind: 'committed', laid: { commitment, json } };
    await own.unlink(copy);
    return outcome[0] === 'refused' ? { kind: 'refused', state: outcome[1] } : { kind: 'changed' };
  });
}

function flag(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}
