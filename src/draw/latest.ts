import type { DrawContext } from './context.ts';

/** The keys of the draw that a step is on, by the names that scripts have for them. */
export function keysOf({ keys, shared, latest }: DrawContext) {
  const own = keys.draw(latest.id);
  return {
    is_open: shared.isOpen,
    prizes: shared.prizes,
    entrants: shared.entrants,
    winners: shared.winners,
    winners_json: shared.winnersJson,
    draws: keys.draws,
    draws_version: keys.drawsVersion,
    due: keys.due,
    history: keys.history,
    record: own.record,
    member_of: own.memberOf,
    login_of: own.loginOf,
    removed: own.removed,
    commitment: own.commitment,
    proof: own.proof,
    final_entrants: own.finalEntrants,
    won: own.won,
    shown: own.shown,
  };
}

/** Reads which draw is the channel's latest. */
export async function findLatest({ redis, keys, channel, latest }: DrawContext): Promise<void> {
  latest.id = (await redis.hget(keys.draws, channel))?.split(' ')[0] ?? '';
}
