import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import { closeScript } from './scripts/index.ts';
import { step } from './step.ts';
import type { NotOpenState } from './types.ts';

export type CloseOutcome =
  | { readonly kind: 'closed'; readonly entrants: number }
  | { readonly kind: 'not_open'; readonly state: NotOpenState }
  /** The draw that was meant is over, and another has begun. */
  | { readonly kind: 'another_draw' };

/**
 * Closes the draw, so that it takes no more entries.
 * @throws when Redis does not answer, or too late
 */
export async function close(context: DrawContext): Promise<CloseOutcome> {
  const reply = await step(context, (args) => closeScript.run(context.redis, { keys: keysOf(context), args }));
  if (reply[0] === 'another_draw') return { kind: reply[0] };
  return reply[0] === 'closed' ? { kind: 'closed', entrants: reply[1] } : { kind: 'not_open', state: reply[1] };
}
