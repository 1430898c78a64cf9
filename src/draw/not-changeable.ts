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
