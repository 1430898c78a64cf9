import { WrongType } from '../draw/scripts/key-types.ts';
import { Unreadable } from '../draw/unreadable.ts';
import type { Log } from '../log.ts';

/**
 * How soon a draw that this version cannot read is looked at again, in milliseconds. Not always equally soon: else two
 * processes might look at the same times for ever, the one that can read it always after the other.
 */
const AGAIN = { least: 1_000, most: 3_000 } as const;

const NEWER = 'What is kept of a draw cannot be read; it is left to a newer version of the bot';
const WRONG = 'A key of Redis holds something else than it should; its draw is left alone until that is mended';

/** As much is remembered. */
const MOST = 1_000;

/** The draws that this process leaves alone: it cannot read what a newer version keeps of them, or a key is of a wrong type. */
export class LeftAlone {
  readonly #log: Log;
  /** What has been said. */
  readonly #said = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** How soon to look again, in milliseconds. */
  static again(): number {
    return AGAIN.least + Math.random() * (AGAIN.most - AGAIN.least);
  }

  /**
   * Comes to undefined where something cannot be read, and says so once in the log.
   * @throws everything else
   */
  unless<T>(work: Promise<T>): Promise<T | undefined> {
    return work.catch((error: unknown) => {
      if (error instanceof Unreadable) return this.#say(error, NEWER);
      if (error instanceof Error && (error instanceof WrongType || error.message.startsWith('WRONGTYPE'))) {
        return this.#say(error, WRONG);
      }
      throw error;
    });
  }

  #say(err: Error, what: string): undefined {
    const { message } = err;
    if (this.#said.has(message)) return;
    if (this.#said.size >= MOST) this.#said.clear();
    this.#said.add(message);
    this.#log.error({ err }, what);
  }
}
