import { setTimeout as sleep } from 'node:timers/promises';

/** Slack takes about one message a second in a channel. Source: docs.slack.dev, "Rate limits". */
const POST_EVERY = 1_000;

/** Keeps the pace of posting in each channel. */
export class Pace {
  readonly #last = new Map<string, number>();

  /** Waits until a message may be posted in a channel. */
  async wait(channel: string): Promise<void> {
    const wait = (this.#last.get(channel) ?? Number.NEGATIVE_INFINITY) + POST_EVERY - performance.now();
    if (wait > 0) await sleep(wait);
    this.#last.set(channel, performance.now());
    if (this.#last.size > 10_000) this.#last.clear();
  }
}
