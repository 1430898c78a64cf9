import { heldCommitment } from './commit.ts';
import type { DrawContext } from './context.ts';
import { keepEntrants } from './final-entrants.ts';
import { LONGEST_PICK } from './gave-up.ts';
import { observe } from './observe.ts';
import { type PickOutcome, resumePick } from './pick.ts';
import type { DrawRecord } from './record.ts';
import { soonest } from './soonest.ts';

/** How soon after its timer a draw is looked at, in milliseconds. */
const AFTER_CLOSING = 50;

/** How soon a pick that is waited for is looked at again, in milliseconds: it may have failed. */
const WHILE_PICKING = 5_000;

export interface Advanced {
  /** The record of the channel's latest draw as it is now; undefined where there is none. */
  readonly record: DrawRecord | undefined;
  /** When to look again, in milliseconds from now; undefined: when something happens. */
  readonly again: number | undefined;
  /** Goes on with the pick that has been committed to, which takes as long as its seed; undefined: there is none to go on with. */
  readonly pick: (() => Promise<PickOutcome | undefined>) | undefined;
}

/**
 * Carries the channel's latest draw to where it should be: what other programs and timers did is written down, the list
 * of entrants is kept once it is closed, and a pick that was asked for is gone on with. Can be called at any point, by
 * any process, and again.
 * @throws Unreadable; when Redis does not answer
 */
export async function advance(context: DrawContext): Promise<Advanced> {
  const { record, again } = await observe(context);
  const waiting = { record, again, pick: undefined };
  if (record === undefined) return waiting;
  const now = await context.clock.now();
  switch (record.phase) {
    case 'open':
      return record.closesAt === undefined
        ? waiting
        : { ...waiting, again: soonest(again, Math.max(0, record.closesAt - now) + AFTER_CLOSING) };
    case 'closed':
      if (!record.isPickedElsewhere) await keepEntrants(context, record);
      return waiting;
    case 'committed':
      return { ...waiting, ...(await goOn(context, record, now)) };
    default:
      return waiting;
  }
}

/** Whoever was asked for a pick with a seed of the bot's own carries it out at once, unless it has crashed. */
async function goOn(context: DrawContext, record: DrawRecord, now: number): Promise<Pick<Advanced, 'again' | 'pick'>> {
  const commitment = record.commitments.at(-1);
  // This draw and no other: another one may have begun when its round is there.
  const only = { ...context, latest: { id: record.id }, only: record.id };
  const held = await heldCommitment(only);
  if (held.kind === 'unreadable') {
    const wait = context.unreadablePicks.left(held.json);
    if (wait > 0) return { again: Math.min(wait, WHILE_PICKING), pick: undefined };
    return { again: WHILE_PICKING, pick: () => resumePick(only, 0) };
  }
  if (commitment?.round) return { again: WHILE_PICKING, pick: () => resumePick(only, 0) };
  // By the clock of whoever committed, which may be another than Redis's.
  const left = commitment ? LONGEST_PICK - Math.abs(now - Date.parse(commitment.committedAt)) : 0;
  if (left > 0) return { again: Math.min(left, LONGEST_PICK), pick: undefined };
  return { again: WHILE_PICKING, pick: () => resumePick(only, LONGEST_PICK) };
}
