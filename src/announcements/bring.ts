import { type Content, contentDigest, type Desired } from './desired.ts';
import { smaller, WHOLE } from './form.ts';
import { ChannelError } from './messenger.ts';
import type { Publishing } from './publishing.ts';
import { type Delivery, unposted } from './store.ts';
import { planSweep } from './sweep.ts';

/** A draw's number of entrants is updated at most this often, in milliseconds. */
const UPDATE_EVERY = 5_000;

/** What bringing a message to what it should be came to. */
export type Brought =
  | { readonly kind: 'right' }
  /** In so many milliseconds there is something to do. */
  | { readonly kind: 'later'; readonly wait: number }
  /** Slack refuses it as it is; from now on it has a smaller form. */
  | { readonly kind: 'smaller' };

const RIGHT: Brought = { kind: 'right' };

/**
 * Posts or changes a message, where it is not what it should be. What is being done is kept in Redis before it is done.
 * @throws ChannelError where the channel takes nothing now; TurnEnded; when Redis does not answer
 */
export async function bring(publishing: Publishing, message: Desired): Promise<Brought> {
  const { deliveries, refusals, now } = publishing;
  const { part, content, isNews } = message;
  const name = nameOf(publishing, message);
  const state = deliveries.get(part);
  const digest = contentDigest(content);
  if (state?.ts === undefined ? !isNews : state.digest === digest) return RIGHT;
  const untilUpdate = content.kind === 'open' && state?.digest ? state.updatedAt + UPDATE_EVERY - now() : 0;
  if (untilUpdate > 0) return { kind: 'later', wait: Math.min(untilUpdate, UPDATE_EVERY) };
  const untilTried = refusals.left(name);
  if (untilTried > 0) return { kind: 'later', wait: untilTried };
  try {
    if (state?.ts === undefined) await post(publishing, message, digest);
    else await change(publishing, message, { ...state, ts: state.ts }, digest);
    return RIGHT;
  } catch (error) {
    if (error instanceof ChannelError && error.isOfMessage) return makeSmaller(publishing, message, error);
    throw error;
  }
}

/** Notes that a message is sent smaller from now on; where that has an end, that it is tried again from time to time. */
async function makeSmaller(publishing: Publishing, message: Desired, { problem }: ChannelError): Promise<Brought> {
  const { id, deliveries, refusals, log } = publishing;
  const { part, content } = message;
  const before = deliveries.get(part);
  const form = smaller(before?.form ?? WHOLE, content);
  if (form === undefined) {
    log.error({ draw: id, part }, `${problem} That message is tried again from time to time; all others go on.`);
    return { kind: 'later', wait: refusals.refused(nameOf(publishing, message)) };
  }
  log.warn({ draw: id, part, ...form }, `${problem} That message is sent again smaller.`);
  await deliveries.put(part, { digest: '', updatedAt: 0, ...before, form });
  return { kind: 'smaller' };
}

async function post(publishing: Publishing, { part, content }: Desired, digest: string): Promise<void> {
  const { id, channel, messenger, turn, deliveries, pace, now } = publishing;
  const before = unposted(deliveries.get(part));
  await pace.wait(channel);
  // Before the intent is kept: what is not begun need not be looked for.
  await turn.prolong();
  await deliveries.put(part, { digest: '', updatedAt: 0, ...before, pendingSince: now() });
  let ts: string;
  try {
    ts = await messenger.post(channel, content, { draw: id, part }, turn.check);
  } catch (error) {
    if (error instanceof ChannelError && !error.isUnsure) await deliveries.put(part, before);
    throw error;
  }
  await deliveries.put(part, { ...before, ts, digest, updatedAt: now() });
}

async function change(
  publishing: Publishing,
  message: Desired,
  state: Delivery & { readonly ts: string },
  digest: string,
): Promise<void> {
  const { turn, deliveries, now } = publishing;
  const { part, content, isNews } = message;
  await turn.prolong();
  // What it says is not known until the answer is there.
  await deliveries.put(part, { ...state, digest: '' });
  const isThere = await update(publishing, part, state.ts, content);
  if (isThere || !isNews) await deliveries.put(part, { ...state, digest, updatedAt: now() });
  else await post(publishing, message, digest);
}

/** @returns false where the message is not there any more */
async function update(publishing: Publishing, part: string, ts: string, content: Content): Promise<boolean> {
  const { id, channel, messenger, turn, deliveries, now } = publishing;
  try {
    return await messenger.update(channel, ts, content, { draw: id, part }, turn.check);
  } catch (error) {
    // It may be carried out after a later change.
    if (error instanceof ChannelError && error.isUnsure) await planSweep(deliveries, now(), now());
    throw error;
  }
}

/** A message that says another kind of thing is another one to Slack: one that is refused may be taken once it is closed. */
function nameOf({ id }: Publishing, { part, content }: Desired): string {
  return `${id} ${part} ${content.kind}`;
}
