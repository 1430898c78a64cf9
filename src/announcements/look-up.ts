import type { Publishing } from './publishing.ts';
import { unposted } from './store.ts';
import { planSweep } from './sweep.ts';

/** A call that was cut off arrives by then or, with very few exceptions, never, in milliseconds. */
const LATEST_ARRIVAL = 10 * 60_000;

/**
 * Looks for a message whose posting was cut off.
 * @throws ChannelError where it cannot be looked for; TurnEnded; when Redis does not answer
 */
export async function findPending(publishing: Publishing, part: string): Promise<void> {
  const { id, channel, messenger, deliveries, now } = publishing;
  const state = deliveries.get(part);
  if (state?.pendingSince === undefined) return;
  const { pendingSince: since, ...rest } = state;
  const found = (await messenger.between(channel, since, since + LATEST_ARRIVAL))
    .filter((message) => message.draw === id && message.part === part && message.ts !== state.old)
    .map((message) => message.ts)
    .toSorted();
  const [ts] = found;
  if (ts !== undefined) return deliveries.put(part, { ...rest, ts, digest: '', updatedAt: since });
  // It may still be under way.
  await planSweep(deliveries, since, now());
  await deliveries.put(part, unposted(state));
}
