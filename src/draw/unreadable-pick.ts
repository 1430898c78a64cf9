import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import { withdrawScript } from './scripts/index.ts';

/** How long a newer version's pick is left to it, in milliseconds: longer than any pick takes, and less than a minute. */
export const LEFT_TO_NEWER = 40_000;

/** As many of these are remembered. */
const MOST = 1_000;

/**
 * The picks under way that this version cannot read, as a newer one has committed to them, and since when this process has
 * seen each: by a clock that does not jump.
 */
export class UnreadablePicks {
  readonly #patience: number;
  /** By the commitment's text; times by `performance.now()`. */
  readonly #since = new Map<string, number>();

  /** @param patience how long one is left to the newer version, in milliseconds */
  constructor(patience = LEFT_TO_NEWER) {
    this.#patience = patience;
  }

  /** How long yet to leave a pick to the newer version, in milliseconds; 0: it has had time enough. */
  left(json: string): number {
    if (this.#since.size >= MOST) this.#since.clear();
    const since = this.#since.get(json) ?? performance.now();
    this.#since.set(json, since);
    return Math.max(0, since + this.#patience - performance.now());
  }
}

/** Gives up a pick that nobody carries out, by the text of its commitment, which cannot be read. */
export async function withdrawUnreadable(context: DrawContext, json: string): Promise<void> {
  const { redis, channel, latest } = context;
  await withdrawScript.run(redis, {
    keys: keysOf(context),
    args: { channel, draw: latest.id, json, reason: 'unreadable', is_final: 1, most: 0 },
  });
}
