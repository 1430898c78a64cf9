import type { Desk } from './book.ts';
import type { Announced, Doubt } from './record.ts';

/** How long after the doubt the channel is looked through, and how long after that once more, in milliseconds. */
const LOOK_AFTER = 20_000;
const LOOK_AGAIN_AFTER = 40_000;

/** The doubts of a record with one more: what was sent to Slack since then may take effect yet. */
export function doubted({ identity, doubts }: Announced, since: number, now: number): Doubt[] {
  const others = doubts.filter((doubt) => doubt.identity !== identity);
  const same = doubts.filter((doubt) => doubt.identity === identity).map((doubt) => doubt.since);
  return [...others, { identity, since: Math.min(since, ...same), lookAt: now + LOOK_AFTER, more: 1, sent: null }];
}

/** The doubts of a draw that another is about to follow: with what had been posted of it. */
export function leftBehind({ doubts, sent }: Announced): Doubt[] {
  return doubts.map((doubt) => ({ ...doubt, sent: doubt.sent ?? sent }));
}

/**
 * Looks through the channel for each doubt whose time has come: takes away what has arrived a second time, and has the
 * announcement of the draw brought up to date once more.
 * @returns when the next doubt's time comes, in milliseconds from now; undefined: there is none
 * @throws ChannelFault, TurnEnded, or when Redis does not answer
 */
export async function settleDoubts(desk: Desk): Promise<number | undefined> {
  const { book, now } = desk;
  for (const doubt of book.record.doubts) {
    if (doubt.lookAt > now()) continue;
    await settle(desk, doubt);
    const left = book.record.doubts.filter((other) => other !== doubt);
    const again = { ...doubt, lookAt: now() + LOOK_AGAIN_AFTER, more: doubt.more - 1 };
    const isOfThisDraw = doubt.identity === book.record.identity;
    await book.keep({
      doubts: doubt.more > 0 ? [...left, again] : left,
      // A change of it may have been overtaken by an earlier one.
      ...(isOfThisDraw && book.record.sent['draw'] !== undefined ? { shown: '' } : {}),
    });
  }
  const times = book.record.doubts.map(({ lookAt }) => lookAt - now());
  return times.length > 0 ? Math.max(0, Math.min(...times)) : undefined;
}

async function settle({ book, channel, turn, now }: Desk, { identity, since, sent }: Doubt): Promise<void> {
  const right = sent ?? book.record.sent;
  // Whoever goes on with what is being posted looks for it.
  const posting = sent === null ? book.record.posting?.part : undefined;
  for (const { draw, part, ts } of await channel.between(since, now())) {
    if (draw !== identity || part === posting || right[part] === ts) continue;
    await turn.prolong();
    await channel.remove(ts, turn.check);
  }
}
