import type { Redis } from 'ioredis';
import { RedisClock } from '../draw/clock.ts';
import type { Keys } from '../draw/keys.ts';
import { planAllNow } from './due.ts';

/** A clock that goes so far ahead or back at once was set, in milliseconds: a slow answer does not look like it. */
const JUMP = 5_000;

/** Notices that Redis's clock was set: draws are planned by it, and what is planned might come much too late. */
export class Jumps {
  readonly #redis: Redis;
  readonly #keys: Keys;
  /** Redis's time less this process's, in milliseconds, as it was last seen. */
  #ahead: number | undefined;

  constructor(redis: Redis, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /**
   * Where Redis's clock was set since the last time, or may have been before the first, has all draws looked at now.
   * @param now Redis's time, in milliseconds since the epoch
   * @throws when Redis does not answer
   */
  async planAfter(now: number): Promise<void> {
    const ahead = now - performance.now();
    const jumped = this.#ahead === undefined || Math.abs(ahead - this.#ahead) > JUMP;
    this.#ahead = ahead;
    if (!jumped) return;
    RedisClock.of(this.#redis).forget();
    await planAllNow(this.#redis, this.#keys);
  }
}
