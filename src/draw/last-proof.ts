import type { DrawContext } from './context.ts';
import { type Checked, check } from './fair/check.ts';
import { type Proof, parseProof, type Unproven } from './fair/proof.ts';
import { short } from './fair/short.ts';
import { findLatest } from './latest.ts';
import { isOver, PHASES, type Provenance } from './record.ts';
import { readEntrants } from './redis-sets.ts';

/** Another program picked the last winners: nobody can check that. */
export interface PickedElsewhere {
  readonly source: 'another program';
}

/** What the last pick left to check it by; undefined where nothing has been picked. */
export type LastProof = Proof | Unproven | PickedElsewhere | undefined;

/** Whether that is a proof, by which the pick can be checked. */
export function isProof(last: LastProof): last is Proof {
  return last !== undefined && last.source !== 'spop' && last.source !== 'another program';
}

/** How far back to look for the last pick: draws that nobody picked lie between. */
const LOOK_BACK = 20;

/**
 * Reads what is kept of a draw's pick.
 * @returns undefined where there is nothing, or nothing of ours
 * @throws when Redis does not answer
 */
export async function proofOf({ redis, keys }: DrawContext, id: string): Promise<Proof | Unproven | undefined> {
  const json = await redis.get(keys.draw(id).proof);
  return json === null ? undefined : parseProof(json);
}

/**
 * Reads what is kept of the last pick in the channel: of the draw that is on, or the last one that had winners.
 * @returns undefined where there is none
 * @throws when Redis does not answer
 */
export async function lastProof(context: DrawContext): Promise<LastProof> {
  const id = await lastPicked(context);
  if (await isPickedSince(context)) return { source: 'another program' };
  const proof = await proofOf(context, id);
  return proof === undefined && id !== '' ? { source: 'another program' } : proof;
}

/** Whether the latest draw has winners that its record does not say yet, as another program has only just written them. */
async function isPickedSince({ redis, keys, shared, latest }: DrawContext): Promise<boolean> {
  if ((await redis.exists(shared.winners)) === 0 || (await redis.exists(shared.isOpen)) === 1) return false;
  // Read last: the bot writes its winners and the phase in one step.
  const name = await redis.hget(keys.draw(latest.id).record, 'phase');
  const phase = PHASES.find((known) => known === name);
  return phase !== undefined && !isOver(phase);
}

/** The ID of the draw that was picked last; empty where there is none. */
async function lastPicked(context: DrawContext): Promise<string> {
  const { redis, keys } = context;
  return lookBack(context, async (id) => (await redis.hget(keys.draw(id).record, 'phase')) === 'won');
}

/** The ID of the channel's latest draw that is looked for; empty where there is none. */
async function lookBack(context: DrawContext, isIt: (id: string) => Promise<boolean>): Promise<string> {
  const { redis, keys, latest } = context;
  await findLatest(context);
  let id = latest.id;
  for (let back = 0; id !== '' && back < LOOK_BACK; back++) {
    if (await isIt(id)) return id;
    id = (await redis.hget(keys.draw(id).record, 'previous')) ?? '';
  }
  return '';
}

/** What checking a proof came to, here where the winners are. */
export interface CheckedProof extends Checked {
  /** Whether the winners who are out now are those of the proof; `none` are once the next draw has begun. */
  readonly out: 'these' | 'others' | 'none';
}

async function winnersOut({ redis, shared }: DrawContext, proof: Proof): Promise<CheckedProof['out']> {
  const out = new Map(Object.entries(await redis.hgetall(shared.winners)));
  if (out.size === 0) return 'none';
  // Winners of an earlier draw may be among them, where another program let them be.
  return proof.winners.every(({ prize, login }) => out.get(prize) === login) ? 'these' : 'others';
}

/**
 * The entrants of a pick, sorted by their bytes. Everything else waits while many are sorted: see `checkProof`.
 * @throws when Redis does not answer
 */
export async function entrantsOfProof(context: DrawContext, proof: Proof): Promise<readonly string[]> {
  return readEntrants(context.redis, await entrantsKey(context, proof));
}

async function entrantsKey(context: DrawContext, proof: Proof): Promise<string> {
  return context.keys.draw(await drawOf(context, proof)).finalEntrants;
}

/** The ID of the draw that a pick was of: by now, another one may have been picked. Empty where it is not found. */
async function drawOf(context: DrawContext, { id: pick }: Proof): Promise<string> {
  return lookBack(context, async (id) => {
    const proof = await proofOf(context, id);
    return proof !== undefined && 'id' in proof && proof.id === pick;
  });
}

/**
 * Does the last pick again, and compares.
 * @param logins whose tickets to rank
 * @throws when Redis does not answer
 */
export async function checkProof(context: DrawContext, proof: Proof, logins: readonly string[]): Promise<CheckedProof> {
  const entrants = await context.readEntrantList(await entrantsKey(context, proof), proof.entrants, 'check');
  try {
    const checked = await check(proof, entrants, context.beacon, logins);
    return { ...checked, out: await winnersOut(context, proof) };
  } finally {
    entrants.close();
  }
}

/** What the record of the draw says of where its winners come from. */
export function provenanceOf(proof: Proof | Unproven): Provenance {
  if (proof.source === 'spop') {
    return { by: 'spop', isFallback: false, round: null, entrants: proof.entrants, digest: '', pick: '' };
  }
  const { id, seededBy, source, round, entrants, digest } = proof;
  return {
    by: seededBy,
    isFallback: source !== seededBy,
    round: seededBy === 'drand' ? round : null,
    entrants,
    digest: short(digest),
    pick: id,
  };
}
