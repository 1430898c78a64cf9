import type { Redis } from 'ioredis';
import type { Draws } from '../draw/index.ts';
import type { ChannelProblem } from './channel-errors.ts';
import { plan } from './due.ts';

/** How many channels are looked at in a tick beside home, where every change is told: in case that one was not. */
const AT_A_TICK = 20;

/** How many channels are looked at side by side. */
const SIDE_BY_SIDE = 50;

/** How soon a channel is looked at again at the earliest, in milliseconds. */
const SOONEST = 50;

/** Looks at the shared keys of channels in which another program may have done something. */
export class Observer {
  readonly #redis: Redis;
  readonly #draws: Draws;
  readonly #onSeen: () => void;
  /** Channels that are looked at again by themselves. */
  readonly #again = new Map<string, NodeJS.Timeout>();
  #stopped = false;
  /** Channels to look at. */
  readonly #channels = new Set<string>();
  #isTold = false;
  #isTime = false;
  /** Channels beside home that are looked at in the next ticks. */
  #next: string[] = [];

  /** @param onSeen called after each look that nobody asked for with `observe` */
  constructor(redis: Redis, draws: Draws, onSeen: () => void) {
    this.#redis = redis;
    this.#draws = draws;
    this.#onSeen = onSeen;
  }

  /** Whether every change is told with `changed`. */
  setTold(isTold: boolean): void {
    this.#isTold = isTold;
    this.#isTime = true;
  }

  /**
   * Another program may have changed the draw in this channel. It is looked at now, and again until that program has
   * finished, in nobody's turn: a turn may wait for Slack, and what was there meanwhile is gone when the next draw begins.
   */
  changed(channel: string): void {
    this.#channels.add(channel);
    void this.#lookNow(channel);
  }

  /** Looks at nothing by itself any more. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#again.values()) clearTimeout(timer);
  }

  /** Some time has passed. */
  tick(): void {
    this.#isTime = true;
  }

  /**
   * Writes down what other programs have done, in the channels where they may have.
   * @throws when Redis does not answer
   */
  async observe(): Promise<void> {
    if (this.#isTime) await this.#addNext();
    const channels = [...this.#channels];
    const failures: unknown[] = [];
    for (let from = 0; from < channels.length; from += SIDE_BY_SIDE) {
      const looks = channels.slice(from, from + SIDE_BY_SIDE).map((channel) => this.#look(channel));
      for (const look of await Promise.allSettled(looks)) if (look.status === 'rejected') failures.push(look.reason);
      // Where one fails, the others are looked at all the same; but not, one by one, while Redis is away.
      if (failures.length >= SIDE_BY_SIDE) break;
    }
    if (failures.length > 0) throw failures[0];
  }

  /**
   * Has the draws in channels that take nothing at the moment looked at now.
   * @throws when Redis does not answer
   */
  async planWhereProblems(problems: readonly ChannelProblem[]): Promise<void> {
    if (problems.length === 0) return;
    const { keys } = this.#draws;
    const channels = new Set(problems.map(({ channel }) => channel));
    for (const id of await this.#redis.zrange(keys.due, 0, -1)) {
      const channel = await this.#redis.hget(keys.draw(id).record, 'channel');
      if (channel !== null && channels.has(channel)) await plan(this.#redis, keys, id, 0);
    }
  }

  async #lookNow(channel: string): Promise<void> {
    // What fails is looked at again in the next turn.
    const again = await this.#look(channel).catch(() => undefined);
    if (this.#stopped) return;
    clearTimeout(this.#again.get(channel));
    this.#again.delete(channel);
    if (again !== undefined) {
      this.#again.set(
        channel,
        setTimeout(() => void this.#lookNow(channel), Math.max(again, SOONEST)),
      );
    }
    this.#onSeen();
  }

  /** @returns when to look again, in milliseconds from now */
  async #look(channel: string): Promise<number | undefined> {
    // Before it is looked at: a change that comes meanwhile is looked at again.
    this.#channels.delete(channel);
    try {
      if (!(await this.#isKnown(channel))) return;
      const { record, again } = await this.#draws.in(channel).observe();
      if (record !== undefined && again !== undefined) await plan(this.#redis, this.#draws.keys, record.id, again);
      return again;
    } catch (error) {
      this.#channels.add(channel);
      throw error;
    }
  }

  /** Whether draws of other programs are seen there: at home, and where one was ever started through the bot. */
  async #isKnown(channel: string): Promise<boolean> {
    const { home, keys } = this.#draws;
    return channel === home.channel || (await this.#redis.hexists(keys.draws, channel)) === 1;
  }

  /** Home each time, and the others in turn: all of them, where changes are not told. */
  async #addNext(): Promise<void> {
    this.#isTime = false;
    const { home } = this.#draws;
    this.#channels.add(home.channel);
    if (this.#next.length === 0 || !this.#isTold) {
      const { entries } = await this.#draws.registry();
      this.#next = entries.map(({ channel }) => channel).filter((channel) => channel !== home.channel);
    }
    const now = this.#next.splice(0, this.#isTold ? AT_A_TICK : this.#next.length);
    for (const channel of now) this.#channels.add(channel);
  }
}
