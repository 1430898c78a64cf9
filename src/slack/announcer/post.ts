import type { Message } from '../blocks/text.ts';
import type { Desk } from './book.ts';
import { doubted } from './doubts.ts';
import { ChannelFault } from './fault.ts';

/** Slack takes about one message a second in a channel. Source: docs.slack.dev, "Rate limits". */
const POST_EVERY = 1_000;

/** A call that was cut off arrives by then or, with very few exceptions, never, in milliseconds. */
const LATEST_ARRIVAL = 10 * 60_000;

/**
 * Posts a part of the announcements of the draw in the book, once. That it is being posted is kept first; where the
 * answer did not arrive (a crash, a time-out), the message is looked for in the channel before it is posted again.
 * @throws ChannelFault, TurnEnded, or when Redis does not answer
 */
export async function post(desk: Desk, part: string, message: Message): Promise<void> {
  const { book, channel, turn, now } = desk;
  const { posting } = book.record;
  // Only one message at a time is in doubt; of another, it must be known first.
  if (posting !== null && posting.part !== part) await adopt(desk, posting.part);
  if (await adopt(desk, part)) {
    await change(desk, part, message);
    return;
  }
  await keepPace(desk);
  await book.keep({ posting: { part, since: now() } });
  await turn.prolong();
  let ts: string;
  try {
    ts = await channel.post(message, { draw: book.record.identity, part }, turn.check);
  } catch (error) {
    if (error instanceof ChannelFault && !error.unsure) await book.keep({ posting: null });
    throw error;
  }
  await book.keep({ sent: { ...book.record.sent, [part]: ts }, posting: null, postedAt: now() });
}

/**
 * Changes a message that has been posted.
 * @returns false when it is not there any more
 * @throws ChannelFault, TurnEnded, or when Redis does not answer
 */
export async function change(desk: Desk, part: string, message: Message): Promise<boolean> {
  const { book, channel, turn, now } = desk;
  const ts = book.record.sent[part];
  if (ts === undefined || book.record.channel !== channel.id) return false;
  await turn.prolong();
  try {
    return await channel.update(ts, message, { draw: book.record.identity, part }, turn.check);
  } catch (error) {
    // It may be carried out after a later one.
    if (error instanceof ChannelFault && error.unsure) await book.keep({ doubts: doubted(book.record, now(), now()) });
    throw error;
  }
}

/**
 * Looks whether a part did arrive, if its posting was cut off.
 * @returns whether it did; it is in the book then
 * @throws ChannelFault, TurnEnded, or when Redis does not answer
 */
export async function adopt({ book, channel, now }: Desk, part: string): Promise<boolean> {
  const { posting, identity, sent } = book.record;
  if (posting?.part !== part) return false;
  const messages = await channel.between(posting.since, posting.since + LATEST_ARRIVAL);
  const arrived = messages.filter((message) => message.draw === identity && message.part === part);
  const ts = arrived.map((message) => message.ts).toSorted()[0];
  if (ts === undefined) {
    // It may still be under way.
    await book.keep({ posting: null, doubts: doubted(book.record, posting.since, now()) });
    return false;
  }
  await book.keep({ sent: { ...sent, [part]: ts }, posting: null });
  return true;
}

async function keepPace({ book, now, sleep }: Desk): Promise<void> {
  // Another machine's clock may be ahead of ours, but nobody waits longer than the pace.
  const wait = Math.min(book.record.postedAt + POST_EVERY - now(), POST_EVERY);
  if (wait > 0) await sleep(wait);
}
