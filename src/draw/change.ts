import type { DrawContext } from './context.ts';
import { step } from './step.ts';

/** Why a draw cannot be changed; nothing has changed. */
export type NotChangeable =
  /** There is none that is on. */
  | { readonly kind: 'refused'; readonly state: 'NO_DRAW' | 'DRAW_WON' }
  /** It is fixed who takes part, and for what. */
  | { readonly kind: 'being_picked' }
  /** Another program is picking the winners. */
  | { readonly kind: 'picked_elsewhere' }
  /** The draw that was meant is over, and another has begun. */
  | { readonly kind: 'another_draw' };

type Refusal =
  | readonly ['refused', 'NO_DRAW' | 'DRAW_WON']
  | readonly ['being_picked' | 'picked_elsewhere' | 'another_draw'];

/** Whether a reply says that the draw cannot be changed. */
export function isRefusal<Reply extends readonly [string, ...unknown[]]>(
  reply: Reply | Refusal,
): reply is Extract<Reply, Refusal> | Refusal {
  return REFUSALS.has(reply[0]);
}

const REFUSALS: ReadonlySet<string> = new Set(['refused', 'being_picked', 'picked_elsewhere', 'another_draw']);

/** The refusal as an outcome. */
export function notChangeable(reply: Refusal): NotChangeable {
  return reply[0] === 'refused' ? { kind: 'refused', state: reply[1] } : { kind: reply[0] };
}

/** What a step that changes a draw is given: it is carried out in time or not at all. */
export interface ChangeArgs {
  readonly deadline: number;
  readonly channel: string;
  readonly draw: string;
}

/**
 * Takes a step that changes the channel's draw, in time or not at all.
 * @param take sends the script, with what every step is given
 * @throws when Redis does not answer, or too late
 */
export async function change<T extends readonly [string, ...unknown[]]>(
  context: DrawContext,
  take: (args: ChangeArgs) => Promise<T>,
) {
  const { clock, channel, latest } = context;
  return step(context, () => clock.inTime((deadline) => take({ deadline, channel, draw: latest.id })));
}
