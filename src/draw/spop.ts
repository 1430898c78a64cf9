import type { DrawContext } from './context.ts';
import type { Unproven } from './fair/proof.ts';
import type { PickOutcome } from './pick.ts';
import { replies } from './scripts/index.ts';
import type { Win } from './types.ts';

/**
 * Picks as the original application does. Redis's SPOP does not give everybody the same chance, and nobody can check it.
 * @throws when Redis does not answer, or too late
 */
export async function pickWithSpop({ redis, clock, keys, now }: DrawContext): Promise<PickOutcome> {
  const draw = [keys.isOpen, keys.prizes, keys.entrants, keys.winners, keys.winnersJson];
  const entrants = await redis.scard(keys.entrants);
  const note: Unproven = { source: 'spop', entrants, pickedAt: now().toISOString() };
  const reply = await clock.inTime(async (deadline) =>
    replies.spop.parse(await redis.drawSpop(...draw, keys.proof, keys.proofEntrants, deadline, JSON.stringify(note))),
  );
  if (reply[0] === 'refused') return { kind: 'refused', state: reply[1] };
  const wins: Win[] = [];
  for (let index = 1; index + 1 < reply.length; index += 2) {
    wins.push({ prize: String(reply[index]), login: String(reply[index + 1]) });
  }
  return { kind: 'picked', wins, entrants };
}
