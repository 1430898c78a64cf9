import { randomUUID } from 'node:crypto';
import type { Chooser } from './chooser.ts';
import type { DrawContext } from './context.ts';
import { replies } from './scripts/index.ts';
import type { DrawState, Win } from './types.ts';

/** How often a pick begins again because people entered between its two steps. */
const ATTEMPTS = 20;

/** How long the copies live that a crashed pick leaves behind, in seconds. */
const SNAPSHOT_TTL = 60;

export type PickOutcome =
  | { readonly kind: 'picked'; readonly wins: readonly Win[]; readonly entrants: number }
  /** Nobody to draw from, no prizes, or the winners are out already; nothing has changed. */
  | { readonly kind: 'refused'; readonly state: DrawState }
  /** Entries came in faster than a pick could be carried out; nothing has changed. Close first, then pick. */
  | { readonly kind: 'too_busy' };

/**
 * Picks the winners and closes the draw, in one step that refuses when anything changed since it was decided.
 * @throws when Redis does not answer, or too late
 */
export async function pick(context: DrawContext, choose: Chooser): Promise<PickOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const outcome = await attemptPick(context, choose);
    if (outcome.kind !== 'changed') return outcome;
  }
  return { kind: 'too_busy' };
}

async function attemptPick(
  { redis, clock, keys }: DrawContext,
  choose: Chooser,
): Promise<PickOutcome | { readonly kind: 'changed' }> {
  const id = randomUUID();
  const draw = [keys.isOpen, keys.prizes, keys.entrants, keys.winners];
  const copies = [keys.snapshot(id, 'prizes'), keys.snapshot(id, 'entrants')];

  const seen = replies.snapshot.parse(await redis.drawSnapshot(...draw, ...copies, SNAPSHOT_TTL));
  if (seen[0] === 'refused') return { kind: 'refused', state: seen[1] };

  const wins = choose(seen[1], seen[2]);
  const pairs = wins.flatMap(({ prize, login }) => [prize, login]);
  const done = await clock.inTime(async (deadline) =>
    replies.pick.parse(await redis.drawPick(...draw, keys.winnersJson, ...copies, deadline, ...pairs)),
  );
  switch (done[0]) {
    case 'picked':
      return { kind: 'picked', wins, entrants: seen[2].length };
    case 'refused':
      return { kind: 'refused', state: done[1] };
    case 'changed':
      return { kind: 'changed' };
  }
}
