import type { Redis } from 'ioredis';
import type { Draw } from '../../draw/index.ts';
import type { Log } from '../../log.ts';
import { type AnnouncementChannel, explain } from './channel.ts';
import { Lease } from './lease.ts';
import { reconcile } from './reconcile.ts';

/** How often the announcer looks for what a timer or another program did, in milliseconds. */
const LOOK_EVERY = 5_000;

/** How soon it tries again while another process holds the lease, in milliseconds. */
const TRY_LEASE = 250;

/** How soon after a first failure it looks again, in milliseconds. */
const TRY_AGAIN = 1_000;

/** Timers hold no more than this, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export interface AnnouncerOptions {
  readonly draw: Draw;
  readonly redis: Redis;
  readonly channel: AnnouncementChannel;
  /** For the log. */
  readonly channelId: string;
  readonly log: Log;
  readonly lookEvery?: number;
}

/**
 * Keeps the announcements as the draw is. It never depends on having seen an event: it looks when it is nudged, when
 * the draw's timer runs out and every few seconds, and does what is missing.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #lease: Lease;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;
  #tick: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #drawnFrom: number | undefined;
  #lastProblem: string | undefined;
  #failed = false;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    this.#lease = new Lease(options.redis, options.draw.keys.announcer);
  }

  /** Begins to look. */
  start(): void {
    this.#stopped = false;
    this.#tick = setInterval(() => this.nudge(), this.#options.lookEvery ?? LOOK_EVERY);
    this.nudge();
  }

  /** Stops looking, once what is being announced is finished. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#tick);
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    await this.#running;
    clearTimeout(this.#soon);
  }

  /**
   * Has the announcer look now; a look under way is followed by another.
   * @param drawnFrom how many entrants a pick has just drawn from: it empties the set
   */
  nudge(drawnFrom?: number): void {
    if (this.#stopped) return;
    this.#drawnFrom = drawnFrom ?? this.#drawnFrom;
    this.#again = true;
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
      // A nudge that came after the last look and before this line.
      if (this.#again) this.nudge();
    });
  }

  async #look(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        const ran = await this.#lease.during(() => this.#reconcile());
        // Another process announces now, perhaps from before what this one was nudged for.
        if (!ran) this.#nudgeIn(TRY_LEASE);
        this.#failed = false;
      } catch (error) {
        this.#report(error);
        // Once soon, and then as often as it looks anyway.
        if (!this.#failed) this.#nudgeIn(TRY_AGAIN);
        this.#failed = true;
      }
    }
  }

  #nudgeIn(milliseconds: number): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.nudge(), milliseconds);
  }

  async #reconcile(): Promise<void> {
    const { draw, redis, channel, log } = this.#options;
    const drawnFrom = this.#drawnFrom;
    const next = await reconcile({
      draw,
      redis,
      channel,
      drawnFrom,
      mayWrite: () => this.#lease.hold(),
      now: Date.now,
    });
    if (this.#drawnFrom === drawnFrom) this.#drawnFrom = undefined;
    if (this.#lastProblem !== undefined) log.info('Announcing works again.');
    this.#lastProblem = undefined;
    clearTimeout(this.#timer);
    if (next !== undefined) this.#timer = setTimeout(() => this.nudge(), Math.min(next + 50, LONGEST_TIMER));
  }

  /** Says a problem once, not at every look. Redis being away is said by `watchRedis`. */
  #report(err: unknown): void {
    const { log, channelId, redis } = this.#options;
    const problem = explain(err, channelId);
    if (problem === this.#lastProblem || redis.status !== 'ready') return;
    this.#lastProblem = problem;
    log.error({ err }, problem);
  }
}
