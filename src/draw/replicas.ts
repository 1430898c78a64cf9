import type { Redis } from 'ioredis';

/** How long a step waits for the replicas to have it, in milliseconds. Whatever else the connection is asked waits, too. */
const PATIENCE = 200;

/** For how long it is known how many replicas there are, in milliseconds. */
const KNOWN_FOR = 3_000;

/** For how long nobody waits for those that had not kept up, in milliseconds. */
const LEFT_OUT_FOR = 500;

/** A replica says each second how far it is; one that was not heard of for longer hangs, in seconds. */
const SILENT = 2;

/** What is asked of a client. */
export type Asked = Pick<Redis, 'on' | 'info' | 'wait'>;

/**
 * Has steps wait until the replicas have them, so that a failover loses nothing that somebody was told: all of them, as any
 * may be the one that takes over. One that does not keep up is not waited for: the step has been taken all the same.
 */
export class Replicas {
  readonly #redis: Asked;
  /** How many keep up. */
  #count: Promise<number> = Promise.resolve(0);
  #knownUntil = Number.NEGATIVE_INFINITY;
  /** What is waited for, and what will be once that has come: one WAIT is enough for all steps before it. */
  #waiting: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** The scripts that the server has run over this connection. */
  readonly #known = new Set<string>();

  static readonly #all = new WeakMap<Asked, Replicas>();

  /** The replicas of the server that a client is connected to. */
  static of(redis: Asked): Replicas {
    const replicas = Replicas.#all.get(redis) ?? new Replicas(redis);
    Replicas.#all.set(redis, replicas);
    return replicas;
  }

  private constructor(redis: Asked) {
    this.#redis = redis;
    // The next connection may lead to another server.
    redis.on('close', () => {
      this.#knownUntil = Number.NEGATIVE_INFINITY;
      this.#known.clear();
    });
  }

  /**
   * Waits for a script that was sent, and until the replicas have what it did: in the same round trip, once the server knows it.
   * One that it does not know is sent once more by the client, and a WAIT that went out at once would be before that.
   * @throws what the script throws; when the connection was lost
   */
  async haveAfter<T>(script: string, replied: Promise<T> | undefined): Promise<T | undefined> {
    if (this.#known.has(script)) return (await Promise.all([replied, this.have()]))[0];
    const reply = await replied;
    await this.have();
    this.#known.add(script);
    return reply;
  }

  /**
   * Waits until the replicas have all that was sent over this connection so far. Goes out behind it at once: one round trip.
   * @throws when the connection was lost, and with it perhaps what had been sent
   */
  async have(): Promise<void> {
    if (performance.now() > this.#knownUntil) this.#know(this.#ask().catch(noneIfForbidden), KNOWN_FOR);
    if ((await this.#count) > 0) await this.#wait();
  }

  #know(count: Promise<number>, milliseconds: number): void {
    this.#count = count;
    this.#knownUntil = performance.now() + milliseconds;
    count.catch(() => {
      this.#knownUntil = Number.NEGATIVE_INFINITY;
    });
  }

  /** While one waits, Redis carries out nothing else of this connection: a second WAIT only makes that longer. */
  #wait(): Promise<void> {
    if (this.#waiting === undefined) {
      this.#waiting = this.#waitOnce().finally(() => {
        this.#waiting = undefined;
      });
      return this.#waiting;
    }
    this.#next ??= this.#waiting
      .catch(() => {})
      .then(async () => {
        this.#next = undefined;
        if ((await this.#count) > 0) await this.#wait();
      });
    return this.#next;
  }

  async #waitOnce(): Promise<void> {
    const count = await this.#count;
    const have = await this.#redis.wait(count, PATIENCE).catch(noneIfForbidden);
    if (have < count) this.#know(Promise.resolve(have), LEFT_OUT_FOR);
  }

  /** Source: redis.io, INFO, section replication: `slave0:ip=…,port=…,state=online,offset=…,lag=…`. */
  async #ask(): Promise<number> {
    const lags = (await this.#redis.info('replication')).matchAll(/^slave\d+:.*state=online.*lag=(\d+)/gm);
    return [...lags].filter(([, lag]) => Number(lag) <= SILENT).length;
  }
}

/** A user of Redis who may not ask goes without; any other error may mean that what was sent is lost. */
function noneIfForbidden(error: unknown): 0 {
  if (error instanceof Error && error.message.startsWith('NOPERM')) return 0;
  throw error;
}
