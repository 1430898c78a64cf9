import type { Draw } from '../../draw/index.ts';
import type { AnnouncementChannel } from './channel.ts';
import type { Turn } from './lease.ts';
import { type Announced, digest } from './record.ts';

/** The record of what has been announced, as it stands in Redis: written when it changes, and only in one's turn. */
export class Book {
  readonly #turn: Turn;
  readonly #key: string;
  #record: Announced;
  #kept: string | undefined;

  /** @param kept what Redis holds; else `record` is what there is to begin with */
  constructor(turn: Turn, key: string, kept: Announced | undefined, record: Announced) {
    this.#turn = turn;
    this.#key = key;
    this.#record = kept ?? record;
    this.#kept = kept && digest(kept);
  }

  get record(): Announced {
    return this.#record;
  }

  /**
   * Changes the record, in Redis too.
   * @throws TurnEnded; when Redis does not answer
   */
  async keep(change: Partial<Announced>): Promise<void> {
    const next = { ...this.#record, ...change };
    const wanted = digest(next);
    if (wanted !== this.#kept) await this.#turn.keep(this.#key, JSON.stringify(next));
    this.#kept = wanted;
    this.#record = next;
  }
}

/** What the steps of announcing work with. */
export interface Desk {
  readonly draw: Draw;
  readonly channel: AnnouncementChannel;
  readonly turn: Turn;
  readonly book: Book;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}
