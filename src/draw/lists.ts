import type { Redis } from 'ioredis';
import type { DrawContext } from './context.ts';
import { byBytes } from './fair/digest.ts';
import type { EntrantList } from './fair/entrant-list.ts';

/** Who takes part in a pick, and for what, as it was read. */
export interface Lists {
  /** Sorted by their bytes. */
  readonly prizes: readonly string[];
  readonly entrants: EntrantList;
  /** A connection that has watched both sets since before they were read: its transaction fails where they have changed. */
  readonly own: Redis;
  /** Lets everything go. */
  close(): void;
}

/**
 * Reads who takes part in the pick of the channel's draw, and for what.
 * @param about how many entrants there are, by what is known of them
 * @throws when Redis does not answer
 */
export async function readLists(context: DrawContext, about: number): Promise<Lists> {
  const { shared, openConnection, readEntrantList } = context;
  const own = await openConnection();
  try {
    await own.watch(shared.prizes, shared.entrants);
    const prizes = byBytes(await own.smembers(shared.prizes));
    const entrants = await readEntrantList(shared.entrants, about, 'pick');
    const close = (): void => {
      entrants.close();
      own.disconnect();
    };
    return { prizes, entrants, own, close };
  } catch (error) {
    own.disconnect();
    throw error;
  }
}

/** How long lists are kept that nobody asks for, in milliseconds. */
const KEEP = 15_000;

/**
 * The lists of the last pick that this process has committed to, for whoever carries it out in this process: they need not be
 * read again, as the connection has watched all along. Only one is kept: those of a large draw take much memory.
 */
export class KeptLists {
  #kept: { readonly pick: string; readonly lists: Lists; readonly timer: NodeJS.Timeout } | undefined;

  /** Keeps the lists of a pick, for a while. */
  keep(pick: string, lists: Lists): void {
    this.close();
    this.#kept = { pick, lists, timer: setTimeout(() => this.close(), KEEP).unref() };
  }

  /** Hands over the lists of a pick, to whoever then closes them; undefined where they must be read again. */
  take(pick: string): Lists | undefined {
    const kept = this.#kept;
    if (kept?.pick !== pick) return undefined;
    clearTimeout(kept.timer);
    this.#kept = undefined;
    if (kept.lists.own.status !== 'close' && kept.lists.own.status !== 'end') return kept.lists;
    kept.lists.close();
    return undefined;
  }

  /** Lets go what is kept. */
  close(): void {
    clearTimeout(this.#kept?.timer);
    this.#kept?.lists.close();
    this.#kept = undefined;
  }
}
