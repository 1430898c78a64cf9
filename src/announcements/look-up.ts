import { LATEST_ARRIVAL, lookThrough } from './look-through.ts';
import type { Publishing } from './publishing.ts';
import { unposted } from './store.ts';
import { planSweep } from './sweep.ts';

/**
 * Looks for a message whose posting was cut off.
 * @returns whether it is known now where it is, or that it is not there; else looking goes on in `LOOK_ON`
 * @throws ChannelError where it cannot be looked for; TurnEnded; when Redis does not answer
 */
export async function findPending(publishing: Publishing, part: string): Promise<boolean> {
  const { id, deliveries, now } = publishing;
  const state = deliveries.get(part);
  if (state?.pendingSince === undefined) return true;
  const { pendingSince: since, lookedTo, ...rest } = state;
  let ts: string | undefined;
  const isDone = await lookThrough(publishing, {
    from: since,
    to: since + LATEST_ARRIVAL,
    before: lookedTo,
    take: async (messages) => {
      const found = messages.filter((one) => one.draw === id && one.part === part && one.ts !== state.old);
      [ts] = found.map((message) => message.ts).toSorted();
      return ts !== undefined;
    },
    keep: (lookedTo) => deliveries.put(part, { ...state, lookedTo }),
  });
  if (ts !== undefined) {
    await deliveries.put(part, { ...rest, ts, digest: '', updatedAt: since });
    return true;
  }
  if (!isDone) return false;
  // It may still be under way.
  await planSweep(deliveries, since, now());
  await deliveries.put(part, unposted(state));
  return true;
}
