/** How many entries are kept at most, so that a flood of typos cannot fill the memory. */
const CAPACITY = 10_000;

/** Remembers values for a while, in the process. */
export class TtlCache<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly until: number }>();
  readonly #ttl: number;
  readonly #now: () => number;

  /**
   * @param ttl how long a value is remembered, in milliseconds
   * @param now milliseconds since the epoch
   */
  constructor(ttl: number, now: () => number) {
    this.#ttl = ttl;
    this.#now = now;
  }

  /** Remembers a value under a key; the oldest one is forgotten when there are too many. */
  set(key: string, value: T): void {
    const oldest = this.#entries.size >= CAPACITY ? this.#entries.keys().next().value : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, { value, until: this.#now() + this.#ttl });
  }

  /** Returns the value under a key, or undefined when there is none or its time is over. */
  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.until <= this.#now()) this.#entries.delete(key);
    return entry && entry.until > this.#now() ? entry.value : undefined;
  }
}
