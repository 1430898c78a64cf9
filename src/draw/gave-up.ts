import { z } from 'zod';
import { parseJson } from './json.ts';

/** A pick comes to no more commitments than this before it is given up, unless an organiser asks again. */
export const MOST_COMMITMENTS = 3;

/** A pick takes no longer than this, in milliseconds: a few rounds of the beacon, and the wait for it. */
export const LONGEST_PICK = 30_000;

/** Why a commitment was withdrawn: another program changed the draw; or a newer version made it, which has gone away. */
const REASONS = ['changed', 'unreadable'] as const;
export type Reason = (typeof REASONS)[number];

/** A pick that was withdrawn, and that nothing has followed yet. */
export interface GaveUp {
  /** Milliseconds since the epoch, by Redis's clock. */
  readonly at: number;
  /** `unknown`: a newer version gave it up, for a reason of its own. */
  readonly reason: Reason | 'unknown';
  /** Whether it is given up for good; else it is begun again, unless whoever was at it has crashed. */
  readonly isFinal: boolean;
}

/** As `withdraw.lua` writes it. */
const gaveUp = z.object({
  at: z.number(),
  reason: z.enum([...REASONS, 'unknown']).catch('unknown'),
  isFinal: z.boolean(),
});

/**
 * Reads what a record says of a pick that was given up.
 * @returns undefined where it says nothing, or nothing that this version knows
 */
export function parseGaveUp(text: string): GaveUp | undefined {
  return parseJson(text, gaveUp);
}
