import type { Found, Window } from './messenger.ts';
import type { Publishing } from './publishing.ts';

/** So many pages of a channel's history are read at once; what is left is read in the next turns. */
const PAGES = 5;

/** How soon looking goes on, in milliseconds. */
export const LOOK_ON = 1_000;

/** A call that was cut off arrives by then or, with very few exceptions, never, in milliseconds. */
export const LATEST_ARRIVAL = 10 * 60_000;

export interface Looking extends Window {
  /** Takes the messages of a page; returns whether that is enough. */
  readonly take: (messages: readonly Found[]) => Promise<boolean>;
  /** Keeps how far the channel has been looked through: the next look goes on before the message with this timestamp. */
  readonly keep: (lookedTo: string) => Promise<void>;
}

/**
 * Looks through a part of a channel's history, page by page from the newest on. After each page it is kept how far it has
 * come: after a rate limit or a crash, and where there is much, the next look goes on from there.
 * @returns whether it is done; else it goes on in `LOOK_ON`
 * @throws ChannelError; what `take` and `keep` throw
 */
export async function lookThrough(
  { channel, messenger }: Publishing,
  { take, keep, ...window }: Looking,
): Promise<boolean> {
  let { before } = window;
  for (let page = 0; page < PAGES; page++) {
    const { messages, next } = await messenger.between(channel, { ...window, before });
    if ((await take(messages)) || next === undefined) return true;
    await keep(next);
    before = next;
  }
  return false;
}
