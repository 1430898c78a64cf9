import type { Draws } from '../draw/index.ts';
import type { DrawEntry, Registry } from '../draw/registry.ts';

/** The registry of draws, as this process last read it. */
export class Directory {
  readonly #draws: Draws;
  #registry: Registry | undefined;

  constructor(draws: Draws) {
    this.#draws = draws;
  }

  /** The latest draw of each channel, as last read; none before that. */
  get known(): readonly DrawEntry[] {
    return this.#registry?.entries ?? [];
  }

  /** As it was last read: whoever relies on it has the step check its version. */
  async lastRead(): Promise<Registry> {
    return this.#registry ?? this.read();
  }

  /**
   * Reads it.
   * @throws when Redis does not answer
   */
  async read(): Promise<Registry> {
    this.#registry = await this.#draws.registry();
    return this.#registry;
  }
}
