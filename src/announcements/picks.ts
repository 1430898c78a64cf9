import type { PickOutcome } from '../draw/pick.ts';
import type { Log } from '../log.ts';

/** The picks that this process is going on with: each takes as long as its seed, and nothing waits for it. */
export class Picks {
  readonly #underWay = new Set<string>();
  readonly #log: Log;
  readonly #onDone: () => void;

  /** @param onDone called after each, whatever it came to */
  constructor(log: Log, onDone: () => void) {
    this.#log = log;
    this.#onDone = onDone;
  }

  /** Begins to go on with a draw's pick, unless that is under way. What fails is tried again when the draw is due again. */
  begin(draw: string, pick: () => Promise<PickOutcome | undefined>): void {
    if (this.#underWay.has(draw)) return;
    this.#underWay.add(draw);
    pick()
      .then(
        (outcome) => this.#log.info({ draw, outcome: outcome?.kind }, 'Went on with a pick'),
        (err: unknown) => this.#log.warn({ err, draw }, 'Going on with a pick did not work; it is tried again'),
      )
      .finally(() => {
        this.#underWay.delete(draw);
        this.#onDone();
      });
  }
}
