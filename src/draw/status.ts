import type { DrawContext } from './context.ts';
import { type Commitment, parseCommitment } from './fair/proof.ts';
import { naturalOrder } from './prizes.ts';
import { replies } from './scripts/index.ts';
import type { DrawState } from './types.ts';

/** Ten years, in milliseconds: another program may have set a time that is no date any more. */
const LONGEST = 10 * 365 * 86_400_000;

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
  /** ID of the draw that the bot started last; another program's draws have none of their own. */
  readonly drawId: string;
  /** What has been laid down for the pick under way; only a draw with an earlier one's winners is open then. */
  readonly commitment: Commitment | undefined;
}

/**
 * Reads the draw in one round trip.
 * @param member the chat member who asks, to know whether they are in
 * @throws when Redis does not answer
 */
export async function status({ redis, keys }: DrawContext, member?: string): Promise<DrawStatus> {
  const [state, ttl, entrants, prizes, logins, entered, drawId, laid] = replies.status.parse(
    await redis.drawStatus(
      keys.isOpen,
      keys.prizes,
      keys.entrants,
      keys.winners,
      keys.loginOf,
      keys.drawId,
      keys.commitment,
      member ?? '',
    ),
  );
  return {
    state,
    closesIn: ttl < 0 ? undefined : Math.min(ttl, LONGEST),
    entrants,
    prizes: prizes.toSorted(naturalOrder),
    logins,
    entered,
    drawId,
    commitment: commitmentTo(laid, state, entrants, prizes.length),
  };
}

/** What has been laid down, unless the draw contradicts it: then it is of one before. */
function commitmentTo(laid: string, state: DrawState, entrants: number, prizes: number): Commitment | undefined {
  const commitment = state.endsWith('_WITH_ENTRANTS') ? parseCommitment(laid) : undefined;
  return commitment && commitment.prizes === prizes && commitment.entrants <= entrants ? commitment : undefined;
}

/**
 * Reads who has entered.
 * @returns the logins in natural order
 * @throws when Redis does not answer
 */
export async function entrants({ redis, keys }: DrawContext): Promise<readonly string[]> {
  return (await redis.smembers(keys.entrants)).toSorted(naturalOrder);
}
