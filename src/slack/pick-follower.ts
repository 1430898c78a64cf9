import { setTimeout as sleep } from 'node:timers/promises';
import type { Draws } from '../draw/index.ts';
import type { DrawRecord } from '../draw/record.ts';
import { ifUnreadable } from '../draw/unreadable.ts';
import type { Log } from '../log.ts';
import type { PickTrouble } from './blocks/organising.ts';

/**
 * After this time whoever asked for a pick is told that it has not come to its end, in milliseconds: a minute and a half is
 * promised.
 */
const PATIENCE = 85_000;

/** How often to look, in milliseconds. */
const LOOK_EVERY = 1_000;

export interface PickFollowerOptions {
  readonly draws: Draws;
  /** How long a pick may take before that is told, in milliseconds; 85 seconds when left out. */
  readonly patience?: number | undefined;
}

/**
 * Follows picks that this process was asked for, whichever process carries them out, and tells whoever asked when one comes to
 * nothing. Nobody waits for it: not the request, nor the end of the process.
 */
export class PickFollower {
  readonly #draws: Draws;
  readonly #patience: number;
  readonly #stopping = new AbortController();

  constructor({ draws, patience = PATIENCE }: PickFollowerOptions) {
    this.#draws = draws;
    this.#patience = patience;
  }

  /** Follows the pick of a draw that has just been committed to. `tell` is called only where no winners come. */
  follow(draw: string, log: Log, tell: (trouble: PickTrouble) => Promise<void>): void {
    this.#ended(draw)
      .then(async (trouble) => {
        if (trouble === undefined) return;
        log.error({ draw, trouble }, 'A pick has not brought winners; whoever asked for it is told');
        await tell(trouble);
      })
      .catch((err: unknown) => {
        if (!this.#stopping.signal.aborted) log.error({ err, draw }, 'What became of a pick could not be told');
      });
  }

  /** Follows nothing any more. */
  stop(): void {
    this.#stopping.abort();
  }

  async #ended(draw: string): Promise<PickTrouble | undefined> {
    const { signal } = this.#stopping;
    const until = performance.now() + this.#patience;
    for (;;) {
      await sleep(Math.min(LOOK_EVERY, this.#patience), undefined, { signal, ref: false });
      const seen = await this.#look(draw);
      signal.throwIfAborted();
      if (seen.kind === 'won') return undefined;
      if (seen.kind === 'replaced' || seen.kind === 'cancelled' || (seen.kind === 'gave_up' && seen.isFinal))
        return seen;
      if (performance.now() < until) continue;
      return seen.kind === 'gave_up' ? seen : { kind: 'late', isRedisAway: seen.kind === 'away' };
    }
  }

  async #look(draw: string): Promise<Seen> {
    try {
      const record = await this.#draws.record(draw).catch(ifUnreadable(() => undefined));
      return record ? seenIn(record) : { kind: 'under_way' };
    } catch {
      return { kind: 'away' };
    }
  }
}

/** How a pick stands. */
type Seen =
  | { readonly kind: 'won' | 'under_way' | 'away' }
  | Extract<PickTrouble, { kind: 'replaced' | 'cancelled' }>
  | (Extract<PickTrouble, { kind: 'gave_up' }> & { readonly isFinal: boolean });

function seenIn({ phase, gaveUp }: DrawRecord): Seen {
  switch (phase) {
    case 'won':
      return { kind: 'won' };
    case 'committed':
      return { kind: 'under_way' };
    case 'replaced':
    case 'cancelled':
      return { kind: phase };
    case 'open':
    case 'closed':
      // What an older version withdrew says nothing.
      return { kind: 'gave_up', reason: gaveUp?.reason ?? 'unknown', isFinal: gaveUp?.isFinal === true };
  }
}
