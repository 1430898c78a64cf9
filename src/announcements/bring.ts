import { type Content, contentDigest, type Desired, gistOf } from './desired.ts';
import { smaller, WHOLE } from './form.ts';
import { type Change, ChannelError } from './messenger.ts';
import type { Publishing } from './publishing.ts';
import { type Delivery, unposted } from './store.ts';
import { planSweep } from './sweep.ts';

/** A draw's number of entrants is updated at most this often, in milliseconds; what matters more, at once. */
const UPDATE_EVERY = 5_000;

/** What bringing a message to what it should be came to. */
export type Brought =
  | { readonly kind: 'right' }
  /** In so many milliseconds there is something to do. */
  | { readonly kind: 'later'; readonly wait: number }
  /** It is to be brought once more, in another form or with what is left to do. */
  | { readonly kind: 'again' };

const RIGHT: Brought = { kind: 'right' };
const AGAIN: Brought = { kind: 'again' };

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
  if (state?.ts !== undefined && hasOld(state)) return takeAwayOld(publishing, part, state);
  if (state?.ts === undefined ? !isNews && state?.old === undefined : state.digest === digest) return RIGHT;
  const untilUpdate = isOnlyCount(content, state) ? state.updatedAt + UPDATE_EVERY - now() : 0;
  if (untilUpdate > 0) return { kind: 'later', wait: Math.min(untilUpdate, UPDATE_EVERY) };
  const untilTried = refusals.left(name);
  if (untilTried > 0) return { kind: 'later', wait: untilTried };
  try {
    if (state?.ts === undefined) await post(publishing, message, digest);
    else await change(publishing, message, { ...state, ts: state.ts }, digest);
    return hasOld(deliveries.get(part)) ? AGAIN : RIGHT;
  } catch (error) {
    if (error instanceof ChannelError && error.isOfMessage) return makeSmaller(publishing, message, error);
    throw error;
  }
}

/** Whether nothing but the number of entrants is to change, as people enter. What an organiser has done does not wait. */
function isOnlyCount(content: Content, state: Delivery | undefined): state is Delivery {
  if (content.kind !== 'open' || !state?.digest || content.lastChange?.kind === 'removed') return false;
  return state.gist === gistOf(content);
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
  return AGAIN;
}

async function post(publishing: Publishing, { part, content }: Desired, digest: string): Promise<void> {
  const { id, channel, messenger, turn, deliveries, pace, now } = publishing;
  const before = unposted(deliveries.get(part));
  const gist = gistOf(content);
  await pace.wait(channel);
  // Before the intent is kept: what is not begun need not be looked for.
  await turn.prolong();
  await deliveries.put(part, { digest: '', updatedAt: 0, ...before, gist, pendingSince: now() });
  let ts: string;
  try {
    ts = await messenger.post(channel, content, { draw: id, part }, turn.check);
  } catch (error) {
    if (error instanceof ChannelError && !error.isUnsure) await deliveries.put(part, before);
    throw error;
  }
  await deliveries.put(part, { ...before, ts, digest, gist, updatedAt: now() });
}

async function change(publishing: Publishing, message: Desired, state: There, digest: string): Promise<void> {
  const { turn, deliveries, now } = publishing;
  const { part, content, isNews } = message;
  await turn.prolong();
  // What it says is not known until the answer is there.
  await deliveries.put(part, { ...state, digest: '' });
  const gist = gistOf(content);
  const changed = await update(publishing, part, state.ts, content);
  if (changed === 'done') return deliveries.put(part, { ...state, digest, gist, updatedAt: now() });
  if (changed === 'gone' && isNews) return post(publishing, message, digest);
  if (changed === 'fixed' && mustBeSaid(content, state.gist)) return replace(publishing, message, state, digest);
  // It stays away, or as it is.
  await deliveries.put(part, { ...state, digest, updatedAt: now() });
}

/**
 * Whether a message is posted anew where the one that is there cannot be changed: for what nobody may miss, and no more. What
 * was fixed beforehand never is: it counts when it was posted first.
 * @param before what the message says now; undefined where that is not known
 */
function mustBeSaid(content: Content, before: string | undefined): boolean {
  if (before === undefined) return content.kind === 'closed' || content.kind === 'winners';
  return content.kind !== 'drawing' && before !== gistOf(content);
}

/** Posts a message anew; the one that cannot be changed is taken away once this one is there. */
async function replace(publishing: Publishing, message: Desired, state: There, digest: string): Promise<void> {
  const { isBesideOld: _, ...form } = state.form ?? WHOLE;
  await publishing.deliveries.put(message.part, { digest: '', updatedAt: 0, form, old: state.ts });
  await post(publishing, message, digest);
}

/** Takes a message away whose place another one has taken; where Slack does not let it, the new one says so. */
async function takeAwayOld(publishing: Publishing, part: string, state: WithOld): Promise<Brought> {
  const { channel, messenger, turn, deliveries } = publishing;
  const { old, ...rest } = state;
  await turn.prolong();
  const removal = await messenger.remove(channel, old, turn.check).catch((error: unknown) => {
    // A refusal that says of no time when to come back would hold up every draw of the channel that follows.
    if (error instanceof ChannelError && !error.isUnsure && error.retryAfter === undefined) return 'stays' as const;
    throw error;
  });
  const form = { ...(state.form ?? WHOLE), isBesideOld: true };
  await deliveries.put(part, removal === 'stays' ? { ...state, form } : rest);
  return AGAIN;
}

async function update(publishing: Publishing, part: string, ts: string, content: Content): Promise<Change> {
  const { id, channel, messenger, turn, deliveries, now } = publishing;
  try {
    return await messenger.update(channel, ts, content, { draw: id, part }, turn.check);
  } catch (error) {
    // It may be carried out after a later change.
    if (error instanceof ChannelError && error.isUnsure) await planSweep(deliveries, now(), now());
    throw error;
  }
}

type There = Delivery & { readonly ts: string };
type WithOld = Delivery & { readonly old: string };

/** Whether there is an old message that is yet to be taken away. */
function hasOld(state: Delivery | undefined): state is WithOld {
  return state?.old !== undefined && state.form?.isBesideOld !== true;
}

/** A message that says another kind of thing is another one to Slack: one that is refused may be taken once it is closed. */
function nameOf({ id }: Publishing, { part, content }: Desired): string {
  return `${id} ${part} ${content.kind}`;
}
