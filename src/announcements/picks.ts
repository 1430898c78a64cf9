import type { PickOutcome } from '../draw/pick.ts';
import { assertNever } from '../draw/types.ts';
import type { Log } from '../log.ts';

/** In the log. */
export const GIVEN_UP = 'A pick was given up; organisers can ask for it again';

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
        (outcome) => this.#say(draw, outcome),
        (err: unknown) => this.#log.warn({ err, draw }, 'Going on with a pick did not work; it is tried again'),
      )
      .finally(() => {
        this.#underWay.delete(draw);
        this.#onDone();
      });
  }

  #say(draw: string, outcome: PickOutcome | undefined): void {
    const note = { draw, outcome: outcome?.kind };
    if (isGivenUp(outcome)) this.#log.error(note, GIVEN_UP);
    else this.#log.info(note, 'Went on with a pick');
  }
}

/** Whether a pick that was asked for came to nothing, with no winners. */
function isGivenUp(outcome: PickOutcome | undefined): boolean {
  switch (outcome?.kind) {
    case undefined:
    case 'picked':
    case 'newer_pick':
    // Whether it was picked before that, its record says.
    case 'another_draw':
      return false;
    case 'refused':
      return outcome.state !== 'DRAW_WON';
    case 'picked_elsewhere':
    case 'too_busy':
    case 'gone':
      return true;
    default:
      return assertNever(outcome);
  }
}
