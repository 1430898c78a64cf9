/** How soon a message that Slack refuses in every form is tried again, in milliseconds: the bot may have been mended since. */
const AGAIN = 10 * 60_000;

/** So many messages are remembered. */
const MOST = 1_000;

/**
 * The messages that Slack refuses in every form, as far as this process knows: each is tried again from time to time, and
 * holds up no other.
 */
export class Refusals {
  /** When each is tried again, by this process's own clock, which does not jump. */
  readonly #until = new Map<string, number>();

  /** Notes that a message was refused; returns how soon it is tried again, in milliseconds. */
  refused(message: string): number {
    if (this.#until.size >= MOST) this.#until.clear();
    this.#until.set(message, performance.now() + AGAIN);
    return AGAIN;
  }

  /** How soon a message is tried again, in milliseconds; 0: now. */
  left(message: string): number {
    return Math.max(0, (this.#until.get(message) ?? 0) - performance.now());
  }
}
