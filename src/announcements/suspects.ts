/**
 * What was written so long before a connection to Redis was lost may be lost with it, in milliseconds: where a replica takes
 * over that lagged, the new primary does not know it.
 */
const LOST_WITHIN = 30_000;

/** As many draws are remembered. */
const MOST = 1_000;

/**
 * The draws of which there may be messages that Redis does not know of, written by this process: they are looked for. Times
 * are those of `performance.now()`, a clock that is never set.
 */
export class Suspects {
  /** Since when there may be some. */
  readonly #since = new Map<string, number>();
  /** When a message of a draw was last posted. */
  readonly #posted = new Map<string, number>();

  /** Whoever plans to look through a draw's messages takes it out. */
  get draws(): Iterable<string> {
    return this.#since.keys();
  }

  /** There may be messages of a draw that Redis does not know of. */
  add(draw: string, since: number): void {
    this.#since.set(draw, Math.min(this.#since.get(draw) ?? since, since));
  }

  /** A message of a draw is about to be posted. */
  posting(draw: string): void {
    if (this.#posted.size >= MOST) this.#posted.clear();
    this.#posted.set(draw, performance.now());
  }

  /** The connection to Redis was lost: what was kept of the last messages may not be there any more. */
  lost(): void {
    const since = performance.now() - LOST_WITHIN;
    for (const [draw, at] of this.#posted) if (at >= since) this.add(draw, since);
    this.#posted.clear();
  }

  /**
   * Takes a draw out.
   * @returns since when; undefined where there is nothing to look for
   */
  take(draw: string): number | undefined {
    const since = this.#since.get(draw);
    this.#since.delete(draw);
    return since;
  }
}
