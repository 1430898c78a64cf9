import type { DrawContext } from './context.ts';
import { replies } from './scripts/index.ts';
import type { NotOpenState } from './types.ts';

export type CloseOutcome =
  | { readonly kind: 'closed'; readonly entrants: number }
  | { readonly kind: 'not_open'; readonly state: NotOpenState };

/**
 * Closes the draw, so that it takes no more entries.
 * @throws when Redis does not answer, or too late
 */
export async function close({ redis, clock, keys }: DrawContext): Promise<CloseOutcome> {
  const reply = await clock.inTime(async (deadline) =>
    replies.close.parse(await redis.drawClose(keys.isOpen, keys.prizes, keys.entrants, keys.winners, deadline)),
  );
  return reply[0] === 'closed' ? { kind: 'closed', entrants: reply[1] } : { kind: 'not_open', state: reply[1] };
}
