import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    announcerLease(key: string, holder: string, milliseconds: number): Result<unknown, Context>;
    announcerRelease(key: string, holder: string): Result<unknown, Context>;
  }
}

/** How long others wait after the holder has crashed, in milliseconds. */
const LEASE = 15_000;
const PROLONG_EVERY = 5_000;

const load = (name: string): string => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');

/** Lets one process at a time announce, among all that share one Redis. */
export class Lease {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #holder = randomUUID();

  constructor(redis: Redis, key: string) {
    redis.defineCommand('announcerLease', { numberOfKeys: 1, lua: load('lease') });
    redis.defineCommand('announcerRelease', { numberOfKeys: 1, lua: load('release') });
    this.#redis = redis;
    this.#key = key;
  }

  /** Takes or prolongs the lease; false when another process holds it. */
  async hold(): Promise<boolean> {
    return (await this.#redis.announcerLease(this.#key, this.#holder, LEASE)) === 1;
  }

  /**
   * Runs `work` while holding the lease, unless another process holds it.
   * @returns whether it ran
   */
  async during(work: () => Promise<void>): Promise<boolean> {
    if (!(await this.hold())) return false;
    const prolong = setInterval(() => this.hold().catch(() => false), PROLONG_EVERY);
    try {
      await work();
    } finally {
      clearInterval(prolong);
      await this.#redis.announcerRelease(this.#key, this.#holder).catch(() => 0);
    }
    return true;
  }
}
