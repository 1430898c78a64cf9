import type { NotPickable } from './commit.ts';
import type { DrawContext } from './context.ts';
import type { Unproven } from './fair/proof.ts';
import { KEEP_ENTRANTS, MOST_KEPT } from './final-entrants.ts';
import { provenanceOf } from './last-proof.ts';
import { keysOf } from './latest.ts';
import { hashOf } from './observe.ts';
import { winsOf } from './record.ts';
import { spopScript } from './scripts/index.ts';
import { step } from './step.ts';
import type { Win } from './types.ts';

/**
 * Picks as the original application does. Redis's SPOP does not give everybody the same chance, and nobody can check it.
 * @throws when Redis does not answer, or too late
 */
export async function pickWithSpop(
  context: DrawContext,
): Promise<NotPickable | { readonly kind: 'picked'; readonly wins: readonly Win[]; readonly entrants: number }> {
  const { redis, shared, now } = context;
  const entrants = await redis.scard(shared.entrants);
  const note: Unproven = { source: 'spop', entrants, pickedAt: now().toISOString() };
  const reply = await step(context, (args) =>
    spopScript.run(redis, {
      keys: keysOf(context),
      args: {
        ...args,
        note: JSON.stringify(note),
        provenance: JSON.stringify(provenanceOf(note)),
        most_kept: MOST_KEPT,
        keep: KEEP_ENTRANTS,
      },
    }),
  );
  if (reply[0] === 'refused') return { kind: 'refused', state: reply[1] };
  if (reply[0] === 'picked_elsewhere' || reply[0] === 'another_draw') return { kind: reply[0] };
  return { kind: 'picked', wins: winsOf(hashOf(reply[1])), entrants };
}
