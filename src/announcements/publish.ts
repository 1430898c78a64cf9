import { type Content, contentDigest, type Desired } from './desired.ts';
import type { Turn } from './lease.ts';
import { ChannelError, type Messenger } from './messenger.ts';
import type { Pace } from './pace.ts';
import type { Deliveries } from './store.ts';
import { planSweep } from './sweep.ts';

/** A draw's number of entrants is updated at most this often, in milliseconds. */
const UPDATE_EVERY = 5_000;

/** A call that was cut off arrives by then or, with very few exceptions, never, in milliseconds. */
const LATEST_ARRIVAL = 10 * 60_000;

/** What publishing one draw works with. */
export interface Publishing {
  readonly id: string;
  readonly channel: string;
  readonly messenger: Messenger;
  readonly turn: Turn;
  readonly deliveries: Deliveries;
  readonly pace: Pace;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What publishing came to. */
export interface Published {
  /** When to look again, in milliseconds from now; undefined: when something happens. */
  readonly again: number | undefined;
  /** Why a message whose posting was cut off cannot be looked for; whatever else there is to do has been done. */
  readonly lookUpError: ChannelError | undefined;
}

/**
 * Brings a draw's messages in its channel to what they should be, each posted exactly once: that it is being posted is
 * kept first; where the answer did not arrive (a crash, a time-out), it is looked for before it is posted again.
 * @throws ChannelError where the channel takes nothing now; TurnEnded; when Redis does not answer
 */
export async function publish(publishing: Publishing, messages: readonly Desired[]): Promise<Published> {
  let again: number | undefined;
  let lookUpError: ChannelError | undefined;
  for (const message of messages) {
    try {
      await findPending(publishing, message.part);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      lookUpError = error;
      continue;
    }
    const wait = await bring(publishing, message);
    if (wait !== undefined) again = Math.min(again ?? wait, wait);
  }
  return { again, lookUpError };
}

/**
 * Looks for a message whose posting was cut off.
 * @throws ChannelError where it cannot be looked for; TurnEnded; when Redis does not answer
 */
export async function findPending(publishing: Publishing, part: string): Promise<void> {
  const { id, channel, messenger, deliveries, now } = publishing;
  const state = deliveries.get(part);
  if (state?.pendingSince === undefined) return;
  const since = state.pendingSince;
  const found = (await messenger.between(channel, since, since + LATEST_ARRIVAL))
    .filter((message) => message.draw === id && message.part === part)
    .map((message) => message.ts)
    .toSorted();
  const [ts] = found;
  if (ts !== undefined) return deliveries.put(part, { ts, digest: '', updatedAt: since });
  // It may still be under way.
  await planSweep(deliveries, since, now());
  await deliveries.put(part, undefined);
}

/** @returns when to look again, in milliseconds from now */
async function bring(publishing: Publishing, { part, content, isNews }: Desired): Promise<number | undefined> {
  const { turn, deliveries, now } = publishing;
  const state = deliveries.get(part);
  const digest = contentDigest(content);
  if (state?.ts === undefined) {
    if (isNews) await post(publishing, part, content, digest);
    return undefined;
  }
  if (state.digest === digest) return undefined;
  const wait = content.kind === 'open' && state.digest !== '' ? state.updatedAt + UPDATE_EVERY - now() : 0;
  if (wait > 0) return Math.min(wait, UPDATE_EVERY);
  await turn.prolong();
  // What it says is not known until the answer is there.
  await deliveries.put(part, { ...state, digest: '' });
  const isThere = await change(publishing, part, state.ts, content);
  if (isThere || !isNews) await deliveries.put(part, { ts: state.ts, digest, updatedAt: now() });
  else await post(publishing, part, content, digest);
  return undefined;
}

async function post(publishing: Publishing, part: string, content: Content, digest: string): Promise<void> {
  const { id, channel, messenger, turn, deliveries, pace, now } = publishing;
  await pace.wait(channel);
  // Before the intent is kept: what is not begun need not be looked for.
  await turn.prolong();
  await deliveries.put(part, { digest: '', updatedAt: 0, pendingSince: now() });
  let ts: string;
  try {
    ts = await messenger.post(channel, content, { draw: id, part }, turn.check);
  } catch (error) {
    if (error instanceof ChannelError && !error.isUnsure) await deliveries.put(part, undefined);
    throw error;
  }
  await deliveries.put(part, { ts, digest, updatedAt: now() });
}

/** @returns false where the message is not there any more */
async function change(publishing: Publishing, part: string, ts: string, content: Content): Promise<boolean> {
  const { id, channel, messenger, turn, deliveries, now } = publishing;
  try {
    return await messenger.update(channel, ts, content, { draw: id, part }, turn.check);
  } catch (error) {
    // It may be carried out after a later change.
    if (error instanceof ChannelError && error.isUnsure) await planSweep(deliveries, now(), now());
    throw error;
  }
}
