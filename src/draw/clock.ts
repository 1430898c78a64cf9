import type { Redis } from 'ioredis';

/**
 * How much later than it was sent a step may reach Redis, in seconds. Longer than any command waits for its answer, so
 * that whoever still waits gets what they asked for.
 */
const LATEST = 2;

/** A step reached Redis too late, and was not carried out. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
  constructor() {
    super('Redis took longer than a step may take, and carried nothing out.');
  }
}

/**
 * Sets steps their deadlines. A command that timed out may still lie in a socket's buffer; a Redis that was frozen or
 * cut off would carry it out minutes later, when nobody expects it any more. Deadlines are by Redis's own clock, as
 * that of this machine may differ.
 */
export class RedisClock {
  readonly #redis: Redis;
  /** Redis's time less this process's, in milliseconds. */
  #ahead: Promise<number> | undefined;

  static readonly #clocks = new WeakMap<Redis, RedisClock>();

  /** The one clock of a Redis client. */
  static of(redis: Redis): RedisClock {
    const clock = RedisClock.#clocks.get(redis) ?? new RedisClock(redis);
    RedisClock.#clocks.set(redis, clock);
    return clock;
  }

  private constructor(redis: Redis) {
    this.#redis = redis;
    // Measured before the first step needs it, and anew on each connection: that may be to another server.
    redis.on('ready', () => {
      this.#ahead = undefined;
      this.#measure().catch(() => {});
    });
  }

  /**
   * Has a step carried out in time or not at all.
   * @param step sends the step, with its deadline in seconds and the time in milliseconds since the epoch, by Redis's clock;
   *   called again where that was set
   * @returns the script's reply, which is not `too_late`
   * @throws TooLate
   */
  async inTime<T extends readonly [string, ...unknown[]]>(
    step: (deadline: number, now: number) => Promise<T>,
  ): Promise<Exclude<T, readonly ['too_late']>> {
    const first = await this.#send(step);
    if (isInTime(first)) return first;
    // It did answer in time, so its clock must have been set.
    this.#ahead = undefined;
    const second = await this.#send(step);
    if (isInTime(second)) return second;
    throw new TooLate();
  }

  /** The deadline of a step that is sent now, in seconds since the epoch by Redis's own clock. */
  async deadline(): Promise<number> {
    return Math.ceil((await this.now()) / 1000) + LATEST;
  }

  /** The time by Redis's own clock, in whole milliseconds since the epoch. */
  async now(): Promise<number> {
    return Math.round(performance.now() + (await this.#measure()));
  }

  /** Has the difference between the clocks measured anew: one of them was set. */
  forget(): void {
    this.#ahead = undefined;
  }

  async #send<T>(step: (deadline: number, now: number) => Promise<T>): Promise<T> {
    const now = await this.now();
    return step(Math.ceil(now / 1000) + LATEST, now);
  }

  #measure(): Promise<number> {
    this.#ahead ??= this.#redis.time().then(
      ([seconds, microseconds]) => Number(seconds) * 1000 + Number(microseconds) / 1000 - performance.now(),
      (error: unknown) => {
        this.#ahead = undefined;
        throw error;
      },
    );
    return this.#ahead;
  }
}

function isInTime<T extends readonly [string, ...unknown[]]>(reply: T): reply is Exclude<T, readonly ['too_late']> {
  return reply[0] !== 'too_late';
}
