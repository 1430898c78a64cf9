import { LATEST_ARRIVAL, LOOK_ON, lookThrough } from './look-through.ts';
import { ChannelError, type Found } from './messenger.ts';
import type { Publishing } from './publishing.ts';
import type { Deliveries } from './store.ts';

/** How long after a call whose answer was lost the channel is looked through, and how long after that once more, in milliseconds. */
const LOOK_AFTER = 20_000;
const LOOK_AGAIN_AFTER = 40_000;

/**
 * Plans to look for messages that are there twice.
 * @param since since when messages may have come that nobody knows of, in milliseconds since the epoch
 */
export async function planSweep(deliveries: Deliveries, since: number, now: number): Promise<void> {
  const before = deliveries.sweep?.since ?? since;
  await deliveries.planSweep({ since: Math.min(since, before), at: now + LOOK_AFTER, more: 1 });
}

/**
 * Where that is planned for now, looks through the channel for messages of the draw that are there twice, deletes all but
 * those that are known, and has each of these changed once more: a change may have been overtaken by an earlier one.
 * @returns when to look again, in milliseconds from now; undefined: there is nothing to look for
 * @throws ChannelError, TurnEnded, or when Redis does not answer
 */
export async function sweep(publishing: Publishing): Promise<number | undefined> {
  const { deliveries, now } = publishing;
  const planned = deliveries.sweep;
  if (planned === undefined) return undefined;
  if (planned.at > now()) return Math.min(planned.at - now(), LOOK_AGAIN_AFTER);
  const { lookedTo, ...plan } = planned;
  const isDone = await lookThrough(publishing, {
    from: plan.since,
    to: plan.at + LATEST_ARRIVAL,
    before: lookedTo,
    take: async (messages) => {
      await takeAway(publishing, messages);
      return false;
    },
    keep: (lookedTo) => deliveries.planSweep({ ...plan, lookedTo }),
  });
  if (!isDone) return LOOK_ON;
  for (const [part, state] of deliveries.parts) {
    if (state.ts !== undefined) await deliveries.put(part, { ...state, digest: '' });
  }
  if (plan.more > 0) {
    await deliveries.planSweep({ ...plan, at: now() + LOOK_AGAIN_AFTER, more: plan.more - 1 });
    return LOOK_AGAIN_AFTER;
  }
  await deliveries.planSweep(undefined);
  return 0;
}

/** Deletes those of the draw's messages that nobody knows of. */
async function takeAway(
  { id, channel, messenger, turn, deliveries }: Publishing,
  messages: readonly Found[],
): Promise<void> {
  for (const { draw, part, ts } of messages) {
    const state = deliveries.get(part);
    // Whoever goes on with what is being posted looks for it.
    if (draw !== id || state?.ts === ts || state?.pendingSince !== undefined) continue;
    await turn.prolong();
    try {
      await messenger.remove(channel, ts, turn.check);
    } catch (error) {
      // It is tried once more when the channel is looked through again.
      if (!(error instanceof ChannelError)) throw error;
    }
  }
}
