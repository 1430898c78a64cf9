import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';
import { z } from 'zod';
import type { DrawKeys } from '../../draw/keys.ts';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    announcerTake(lease: string, turns: string, holder: string, milliseconds: number): Result<unknown, Context>;
    announcerProlong(lease: string, turn: string, milliseconds: number): Result<unknown, Context>;
    announcerRelease(lease: string, turn: string): Result<unknown, Context>;
    announcerKeep(lease: string, record: string, turn: string, json: string): Result<unknown, Context>;
  }
}

/** How long others wait after the holder has crashed, in milliseconds; the promise is 15 seconds. */
const LEASE = 12_000;
const PROLONG_EVERY = 3_000;

/**
 * What must be left of the lease when Slack is asked for something, in milliseconds: more than a call may take, so that
 * it has ended, one way or the other, before another process can take over.
 */
const ENOUGH = 6_000;

/** The lease is another's, or might be by now: whoever gets this stops where it is, and writes nothing more. */
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
   * Keeps a record in Redis, if the turn is not over, in one step.
   * @throws TurnEnded
   */
  keep(record: string, json: string): Promise<void>;
}

const SCRIPTS = {
  announcerTake: { file: 'take', numberOfKeys: 2 },
  announcerProlong: { file: 'prolong', numberOfKeys: 1 },
  announcerRelease: { file: 'release', numberOfKeys: 1 },
  announcerKeep: { file: 'keep', numberOfKeys: 2 },
} as const;

/** Lets one process at a time announce, among all that share one Redis. */
export class Lease {
  readonly #redis: Redis;
  readonly #keys: DrawKeys;
  readonly #holder = randomUUID();

  constructor(redis: Redis, keys: DrawKeys) {
    for (const [command, { file, numberOfKeys }] of Object.entries(SCRIPTS)) {
      const lua = readFileSync(new URL(`./${file}.lua`, import.meta.url), 'utf8');
      redis.defineCommand(command, { numberOfKeys, lua });
    }
    this.#redis = redis;
    this.#keys = keys;
  }

  /**
   * Runs `work` as one turn, unless another process has its turn.
   * @returns whether it ran
   * @throws what `work` throws; when Redis does not answer
   */
  async during(work: (turn: Turn) => Promise<void>): Promise<boolean> {
    const from = performance.now();
    const { announcer, announcerTurns } = this.#keys;
    const name = z.string().parse(await this.#redis.announcerTake(announcer, announcerTurns, this.#holder, LEASE));
    if (name === '') return false;
    const turn = this.#turn(name, from + LEASE);
    const prolonging = setInterval(() => turn.prolong().catch(() => {}), PROLONG_EVERY);
    try {
      await work(turn);
    } finally {
      clearInterval(prolonging);
      await this.#redis.announcerRelease(announcer, name).catch(() => 0);
    }
    return true;
  }

  #turn(name: string, heldUntil: number): Turn {
    const { announcer } = this.#keys;
    let until = heldUntil;
    const lost = (): TurnEnded => {
      until = 0;
      return new TurnEnded('Another process announces now.');
    };
    return {
      prolong: async () => {
        const from = performance.now();
        if ((await this.#redis.announcerProlong(announcer, name, LEASE)) !== 1) throw lost();
        until = Math.max(until, from + LEASE);
      },
      check: () => {
        if (performance.now() > until - ENOUGH) throw lost();
      },
      keep: async (record, json) => {
        if ((await this.#redis.announcerKeep(announcer, record, name, json)) !== 1) throw lost();
      },
    };
  }
}
