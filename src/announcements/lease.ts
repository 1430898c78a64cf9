import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Keys } from '../draw/keys.ts';
import { prolongScript, releaseScript, takeScript, writeScript } from './scripts/index.ts';
import type { SettingsInUse } from './settings.ts';

/** How long others wait after the holder has crashed, in milliseconds; the promise is 15 seconds. */
const LEASE = 12_000;
const PROLONG_EVERY = 3_000;

/**
 * What must be left of the lease when Slack is asked for something, in milliseconds: more than a call may take, so that
 * it has ended, one way or the other, before another process can take over.
 */
const ENOUGH = 6_000;

/** Thrown when this process may no longer hold the lease. Stop; write nothing. */
export class TurnEnded extends Error {
  override readonly name = 'TurnEnded';
}

/** One time of holding the lease. Every write goes through it, or asks it first. */
export interface Turn {
  /**
   * Makes sure, with Redis, that the turn is not over, and prolongs it.
   * @throws TurnEnded
   */
  prolong(): Promise<void>;
  /**
   * Makes sure by this process's own clock, at the last moment before something leaves it: a process may have been
   * frozen since it asked Redis.
   * @throws TurnEnded
   */
  check(): void;
  /**
   * Writes fields of a hash in Redis, if the turn is not over, in one step. A field whose value is empty is deleted.
   * @throws TurnEnded
   */
  write(hash: string, fields: Readonly<Record<string, string>>): Promise<void>;
}

/** What must be in use for a process to have a turn: see `settings.ts`. */
export type LeaseSettings = Pick<SettingsInUse, 'fields' | 'maySet'>;

/** Lets one process at a time do the worker's work, among all that share one Redis. */
export class Lease {
  readonly #redis: Redis;
  readonly #keys: Keys;
  readonly #settings: LeaseSettings;
  readonly #holder = randomUUID();

  /** @param settings those that must be in use */
  constructor(redis: Redis, keys: Keys, settings: LeaseSettings) {
    this.#redis = redis;
    this.#keys = keys;
    this.#settings = settings;
  }

  /**
   * Runs `work` as one turn, unless another process has its turn, or other settings are in use.
   * @returns whether it ran, or why not
   * @throws what `work` throws; when Redis does not answer
   */
  async during(work: (turn: Turn) => Promise<void>): Promise<'ran' | 'held' | 'differs'> {
    const from = performance.now();
    const { lease, turns, settings } = this.#keys;
    const { fields: rest, maySet } = this.#settings;
    const args = { holder: this.#holder, milliseconds: LEASE, may_set: maySet ? 1 : 0 };
    const [reply, name] = await takeScript.run(this.#redis, { keys: { lease, turns, settings }, args, rest });
    if (reply !== 'taken') return reply;
    const turn = this.#turn(name, from + LEASE);
    const prolonging = setInterval(() => turn.prolong().catch(() => {}), PROLONG_EVERY);
    try {
      await work(turn);
    } finally {
      clearInterval(prolonging);
      await releaseScript.run(this.#redis, { keys: { lease }, args: { turn: name } }).catch(() => 0);
    }
    return 'ran';
  }

  #turn(name: string, heldUntil: number): Turn {
    const redis = this.#redis;
    const { lease } = this.#keys;
    let until = heldUntil;
    const lost = (): TurnEnded => {
      until = 0;
      return new TurnEnded('Another process has the turn now.');
    };
    return {
      prolong: async () => {
        const from = performance.now();
        const args = { turn: name, milliseconds: LEASE };
        if ((await prolongScript.run(redis, { keys: { lease }, args })) !== 1) throw lost();
        until = Math.max(until, from + LEASE);
      },
      check: () => {
        if (performance.now() > until - ENOUGH) throw lost();
      },
      write: async (hash, fields) => {
        const rest = Object.entries(fields).flat();
        if ((await writeScript.run(redis, { keys: { lease, hash }, args: { turn: name }, rest })) !== 1) throw lost();
      },
    };
  }
}
