import type { Redis } from 'ioredis';
import type { Keys } from '../draw/keys.ts';
import { claimScript, planAllNowScript, planScript } from './scripts/index.ts';

/** A draw that was taken comes again after this time, if whoever took it has crashed, in milliseconds. */
const HOLD = 10_000;

/** How many draws are taken at once. */
const MOST = 50;

/** Draws that have something to do now. */
export interface Claim {
  readonly ids: readonly string[];
  /** By when they are planned; whoever finishes says it, so that a step in between is not forgotten. */
  readonly claimed: string;
  /** Redis's time, in milliseconds since the epoch. */
  readonly now: number;
  /** When the next draw is due, in milliseconds from now; undefined: none is. */
  readonly next: number | undefined;
}

/**
 * Takes draws on which there is something to do now.
 * @throws when Redis does not answer
 */
export async function claim(redis: Redis, { due }: Keys): Promise<Claim> {
  const [next, claimed, ids] = await claimScript.run(redis, { keys: { due }, args: { most: MOST, hold: HOLD } });
  return { ids, claimed, now: Number(claimed) - HOLD, next: next < 0 ? undefined : next };
}

/**
 * Plans when to look at a draw again.
 * @param wait in milliseconds from now; undefined: when something happens
 * @param claimed what `claim` said, where the draw was taken
 * @throws when Redis does not answer
 */
export async function plan(
  redis: Redis,
  { due }: Keys,
  draw: string,
  wait: number | undefined,
  claimed = '',
): Promise<void> {
  await planScript.run(redis, { keys: { due }, args: { draw, claimed, wait: wait ?? '' } });
}

/**
 * Has every draw that is planned looked at now.
 * @throws when Redis does not answer
 */
export async function planAllNow(redis: Redis, { due }: Keys): Promise<void> {
  await planAllNowScript.run(redis, { keys: { due }, args: {} });
}
