import { z } from 'zod';
import { parseJson } from './json.ts';

/** What organisers changed last in a draw that is on, as the scripts write it. */
const lastChange = z.discriminatedUnion('kind', [
  /** It closes so many milliseconds later. */
  z.object({ kind: z.literal('later'), ms: z.number() }),
  /** It had no timer, and has one now. */
  z.object({ kind: z.literal('timed') }),
  /** It had closed, and is open again. */
  z.object({ kind: z.literal('reopened') }),
  z.object({ kind: z.literal('added'), prizes: z.array(z.string()) }),
  z.object({ kind: z.literal('dropped'), prizes: z.array(z.string()) }),
  /** An entrant was taken out. */
  z.object({ kind: z.literal('removed') }),
]);
export type LastChange = z.infer<typeof lastChange>;

/**
 * Reads what a record says of its last change.
 * @returns undefined where it says nothing, or nothing that this version knows
 */
export function parseLastChange(text: string): LastChange | undefined {
  return parseJson(text, lastChange);
}

/** The change as a record keeps it. */
export function lastChangeJson(change: LastChange): string {
  return JSON.stringify(change);
}
