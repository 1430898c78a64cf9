import type { DrawContext } from './context.ts';
import { LONGEST_TIMER } from './duration.ts';
import { type Commitment, parseCommitment } from './fair/proof.ts';
import { type GaveUp, LONGEST_PICK, parseGaveUp } from './gave-up.ts';
import { findLatest, keysOf } from './latest.ts';
import { naturalOrder } from './prizes.ts';
import { PHASES, type Phase } from './record.ts';
import { statusScript } from './scripts/index.ts';
import type { DrawState } from './types.ts';

/** The draw as it is at one moment. */
export interface DrawStatus {
  readonly state: DrawState;
  /** Milliseconds until the timer closes it; undefined: no timer, or not open. */
  readonly closesIn: number | undefined;
  readonly entrants: number;
  /** The prizes not yet won, in natural order. */
  readonly prizes: readonly string[];
  /** The logins that the asking member entered in this draw, as far as the bot knows. */
  readonly logins: readonly string[];
  /** Those of them that are among the entrants now. */
  readonly entered: readonly string[];
  /** Its ID; empty where another program has begun it, and it has no record yet. */
  readonly drawId: string;
  /** How far it has come, by its record; undefined where it has none yet. */
  readonly phase: Phase | undefined;
  /** What has been committed to for the pick under way; only a draw with an earlier one's winners is open then. */
  readonly commitment: Commitment | undefined;
  /** The last pick, where it was given up, and no other has been begun since. */
  readonly gaveUp?: GaveUp | undefined;
}

/**
 * Reads the draw in one round trip.
 * @param member the chat member who asks, to know whether they are in
 * @throws when Redis does not answer
 */
export async function status(context: DrawContext, member = ''): Promise<DrawStatus> {
  const { redis, channel, latest } = context;
  for (;;) {
    const reply = await statusScript.run(redis, { keys: keysOf(context), args: { channel, draw: latest.id, member } });
    if (reply[0] === 'moved') {
      await findLatest(context);
      continue;
    }
    const [, state, ttl, entrants, prizes, logins, entered, drawId, committed, phase, gaveUp] = reply;
    return {
      state,
      closesIn: ttl < 0 ? undefined : Math.min(ttl, LONGEST_TIMER),
      entrants,
      prizes: prizes.toSorted(naturalOrder),
      logins,
      entered,
      drawId,
      phase: PHASES.find((known) => known === phase),
      commitment: standingCommitment(committed, state, entrants, prizes.length),
      gaveUp: phase === 'closed' || phase === 'open' ? await standingGaveUp(context, gaveUp) : undefined,
    };
  }
}

/** What has been committed to, unless the draw contradicts it: then it is about to be withdrawn. */
function standingCommitment(json: string, state: DrawState, entrants: number, prizes: number): Commitment | undefined {
  const commitment = state.endsWith('_WITH_ENTRANTS') ? parseCommitment(json) : undefined;
  return commitment && commitment.prizes === prizes && commitment.entrants <= entrants ? commitment : undefined;
}

/** What the record says of a pick that was given up; while it may be about to begin again, nothing. */
async function standingGaveUp({ clock }: DrawContext, text: string): Promise<GaveUp | undefined> {
  const gaveUp = parseGaveUp(text);
  if (gaveUp === undefined || gaveUp.isFinal) return gaveUp;
  return Math.abs((await clock.now()) - gaveUp.at) >= LONGEST_PICK ? gaveUp : undefined;
}
