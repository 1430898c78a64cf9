import type { Redis } from 'ioredis';
import type { Draw } from '../../draw/index.ts';
import type { Log } from '../../log.ts';
import type { AnnouncementChannel } from './channel.ts';
import { Lease, TurnEnded } from './lease.ts';
import { type Reconciled, reconcile } from './reconcile.ts';
import { loadAnnounced, type Trouble } from './record.ts';
import { Settling } from './settling.ts';

/** How often the announcer looks for what a timer, an entry or another program did, in milliseconds. */
const LOOK_EVERY = 4_000;

/** How soon it tries again while another process holds the lease, in milliseconds. */
const TRY_LEASE = 250;

/** How soon after a first failure of Redis it looks again, in milliseconds. */
const TRY_AGAIN = 1_000;

/** Timers hold no more than this, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export interface AnnouncerOptions {
  readonly draw: Draw;
  readonly redis: Redis;
  readonly channel: AnnouncementChannel;
  readonly log: Log;
}

/**
 * Keeps the announcements as the draw is. It never depends on having seen an event: it looks when it is nudged, when
 * the draw's timer runs out and every few seconds, and does what is missing.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #lease: Lease;
  readonly #settling = new Settling();
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;
  #tick: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #urgent = false;
  #suspectSince: number | undefined;
  #lastProblem: string | undefined;
  #lastError: string | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    this.#lease = new Lease(options.redis, options.draw.keys);
  }

  /** Begins to look. */
  start(): void {
    this.#stopped = false;
    this.#tick = setInterval(() => this.#look(), LOOK_EVERY);
    this.#look();
  }

  /** Stops looking, once the call in hand is answered. What is left to announce is left to the next process. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#tick);
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    await this.#running;
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
  }

  /** Has the announcer look now, for an organiser who waits; a look under way is followed by another. */
  nudge(): void {
    this.#urgent = true;
    this.#look();
  }

  /**
   * Why nothing can be posted at the moment, as the process that announces last saw it; null when all is well.
   * @throws when Redis does not answer
   */
  async trouble(): Promise<Trouble | null> {
    const { redis, draw } = this.#options;
    return (await loadAnnounced(redis, draw.keys.announced))?.trouble ?? null;
  }

  #look(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#looks().finally(() => {
      this.#running = undefined;
      // A nudge that came after the last look and before this line.
      if (this.#again) this.#look();
    });
  }

  async #looks(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        const ran = await this.#takeTurn();
        // Another process announces now, perhaps from before what this one was nudged for.
        if (!ran) this.#lookIn(TRY_LEASE);
        this.#lastError = undefined;
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  #lookIn(milliseconds: number): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#look(), milliseconds);
  }

  async #takeTurn(): Promise<boolean> {
    const { draw, redis, channel } = this.#options;
    const began = Date.now();
    const [urgent, suspectSince] = [this.#urgent, this.#suspectSince];
    return this.#lease.during(async (turn) => {
      const stoppable = { ...turn, prolong: () => (this.#stopped ? Promise.reject(new TurnEnded()) : turn.prolong()) };
      try {
        const done = await reconcile({
          draw,
          redis,
          channel,
          turn: stoppable,
          settling: this.#settling,
          urgent,
          suspectSince,
          onUnreadable: this.#unreadable,
        });
        if (!this.#again) this.#urgent = false;
        this.#suspectSince = undefined;
        this.#note(done);
      } catch (error) {
        if (!(error instanceof TurnEnded)) throw error;
        // The last message may have gone out after another process had taken over.
        this.#suspectSince = Math.min(suspectSince ?? began, began);
        this.#lookIn(TRY_LEASE);
      }
    });
  }

  /** Sets the timer for the next look, and says a problem once, not at every look. */
  #note({ again, trouble }: Reconciled): void {
    const { log } = this.#options;
    clearTimeout(this.#timer);
    if (again !== undefined) this.#timer = setTimeout(() => this.#look(), Math.min(again + 50, LONGEST_TIMER));
    if (trouble !== null && trouble.problem !== this.#lastProblem) {
      log.error(`${trouble.problem} Announcing is tried again until it works.`);
    }
    if (trouble === null && this.#lastProblem !== undefined) log.info('Announcing works again.');
    this.#lastProblem = trouble?.problem;
  }

  #unreadable = (): void => {
    const { log, draw } = this.#options;
    log.error(`What was announced last (${draw.keys.announced}) cannot be read: the draw is announced anew.`);
  };

  /** Redis being away is said by `watchRedis`; anything else is a fault of ours. */
  #failed(err: unknown): void {
    const { log, redis } = this.#options;
    const problem = err instanceof Error ? err.message : String(err);
    // Once soon, and then as often as it looks anyway.
    if (this.#lastError === undefined) this.#lookIn(TRY_AGAIN);
    if (problem !== this.#lastError && redis.status === 'ready') log.error({ err }, 'Announcing failed');
    this.#lastError = problem;
  }
}
