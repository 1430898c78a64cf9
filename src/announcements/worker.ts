import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Draws } from '../draw/index.ts';
import type { Log } from '../log.ts';
import { ChannelErrors, type ChannelProblem, readChannelProblems } from './channel-errors.ts';
import { type ChannelContext, workOn } from './channel-work.ts';
import { claim, plan } from './due.ts';
import { Jumps } from './jumps.ts';
import { Lease, type Turn, TurnEnded } from './lease.ts';
import { LeftAlone } from './left-alone.ts';
import type { Messenger } from './messenger.ts';
import { Observer } from './observer.ts';
import { Pace } from './pace.ts';
import { Picks } from './picks.ts';
import { Refusals } from './refusals.ts';
import type { SettingsInUse } from './settings.ts';
import { Suspects } from './suspects.ts';

/** How often the worker looks at what nothing has told it of, in milliseconds. */
const TICK = 4_000;

/** How often it looks what else is due while it is at work, in milliseconds. */
const CLAIM_EVERY = 250;

/** How soon it tries again while another process holds the lease, and after a first failure of Redis, in milliseconds. */
const TRY_LEASE = 250;
const TRY_AGAIN = 1_000;

/** A failure that stays is told this often, in milliseconds; and so many different ones are known. */
const TELL_AGAIN = 10 * 60_000;
const MOST_TOLD = 100;

export interface WorkerOptions {
  readonly draws: Draws;
  readonly redis: Redis;
  readonly messenger: Messenger;
  readonly settings: SettingsInUse;
  readonly log: Log;
}

/**
 * Does what takes time, for every draw of the workspace, one process at a time: writes down what other programs did,
 * carries draws on, and keeps their messages right. It never depends on having been told of something: it looks when it is
 * nudged, when a draw is due, and every few seconds. What it has to do grows with the draws that are due.
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #lease: Lease;
  readonly #observer: Observer;
  readonly #picks: Picks;
  readonly #leftAlone: LeftAlone;
  readonly #jumps: Jumps;
  readonly #pace = new Pace();
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;
  #tick: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #urgent = false;
  readonly #suspects = new Suspects();
  readonly #refusals = new Refusals();
  /** What failed and has been told, and when. */
  readonly #told = new Map<string, number>();

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { redis, draws, settings, log } = options;
    this.#lease = new Lease(redis, draws.keys, settings);
    this.#observer = new Observer(redis, draws, () => this.#look());
    this.#picks = new Picks(log, () => this.#look());
    this.#leftAlone = new LeftAlone(log);
    this.#jumps = new Jumps(redis, draws.keys);
    redis.on('close', () => this.#suspects.lost());
  }

  /** Begins to work. */
  start(): void {
    this.#stopped = false;
    this.#tick = setInterval(() => {
      this.#observer.tick();
      this.#look();
    }, TICK);
    this.#observer.tick();
    this.#look();
  }

  /** Stops, once the call in hand is answered. What is left to do is left to the next process. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#observer.stop();
    clearInterval(this.#tick);
    clearTimeout(this.#soon);
    await this.#running;
    clearTimeout(this.#soon);
  }

  /** Has the worker look now, for an organiser who waits: what failed in Slack is tried again at once. */
  nudge(): void {
    this.#urgent = true;
    this.#look();
  }

  /** Says that a channel's shared keys may have been changed by another program. */
  changed(channel: string): void {
    if (!this.#stopped && this.#options.settings.isAgreed) this.#observer.changed(channel);
  }

  /** Whether every change by another program is told with `changed`: then the worker looks for them only now and then. */
  setTold(isTold: boolean): void {
    this.#observer.setTold(isTold);
    // What happened before that was not told.
    this.#look();
  }

  /**
   * Which channels take nothing at the moment, as the process that announces last saw it.
   * @throws when Redis does not answer
   */
  problems(): Promise<readonly ChannelProblem[]> {
    const { redis, draws } = this.#options;
    return readChannelProblems(redis, draws.keys);
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
        await this.#options.settings.check();
        const came = await this.#lease.during((turn) => this.#takeTurn(turn));
        // Another process has the turn, perhaps from before what this one was nudged for.
        if (came === 'held') this.#lookIn(TRY_LEASE);
        // In the next tick, this is tried again.
        if (came === 'differs') await this.#options.settings.compare();
      } catch (error) {
        if (error instanceof TurnEnded) this.#lookIn(TRY_LEASE);
        else this.#failed(error);
      }
    }
  }

  #lookIn(milliseconds: number): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#look(), milliseconds);
  }

  async #takeTurn(turn: Turn): Promise<void> {
    const urgent = this.#urgent;
    // Whoever nudges from now on gets a turn of their own; this one is over with what was asked for before.
    this.#urgent = false;
    try {
      await this.#work(turn, urgent);
    } catch (error) {
      if (error instanceof TurnEnded) this.#urgent ||= urgent;
      throw error;
    }
  }

  async #work(turn: Turn, urgent: boolean): Promise<void> {
    const { draws, redis } = this.#options;
    const context = await this.#contextOf(turn, urgent);
    if (urgent) await this.#observer.planWhereProblems(await this.problems());
    for (const id of this.#suspects.draws) await plan(redis, draws.keys, id, 0);
    // What fails on one draw keeps nothing else back.
    const failures: unknown[] = [];
    const attempt = (work: Promise<void>): Promise<void> =>
      work.catch((error: unknown) => {
        if (error instanceof TurnEnded) throw error;
        failures.push(error);
      });
    await attempt(this.#observer.observe());
    await this.#workWhileDue((claimed, ids) => attempt(workOn({ ...context, claimed }, ids)));
    if (failures.length > 0) throw failures[0];
  }

  /** Takes what is due until there is no more. What takes long in one channel keeps nothing back in another. */
  async #workWhileDue(work: (claimed: string, ids: readonly string[]) => Promise<void>): Promise<void> {
    const { draws, redis } = this.#options;
    const underWay = new Set<Promise<void>>();
    const failures: unknown[] = [];
    try {
      for (;;) {
        if (this.#stopped || failures.length > 0) break;
        const { ids, claimed, next, now } = await claim(redis, draws.keys);
        await this.#jumps.planAfter(now);
        if (ids.length > 0) {
          const one = work(claimed, ids)
            .catch((error: unknown) => void failures.push(error))
            .finally(() => underWay.delete(one));
          underWay.add(one);
        } else if (underWay.size === 0) {
          if (next !== undefined && next < TICK) this.#lookIn(next + 1);
          return;
        }
        const nextLook = sleep(Math.min(next ?? CLAIM_EVERY, CLAIM_EVERY), undefined, { ref: false });
        if (underWay.size > 0) await Promise.race([...underWay, nextLook]);
      }
    } finally {
      await Promise.all(underWay);
    }
    throw failures[0] ?? new TurnEnded();
  }

  async #contextOf(turn: Turn, urgent: boolean): Promise<Omit<ChannelContext, 'claimed'>> {
    const { draws, redis, messenger, log } = this.#options;
    const stoppable: Turn = {
      ...turn,
      prolong: () => (this.#stopped ? Promise.reject(new TurnEnded()) : turn.prolong()),
    };
    return {
      draws,
      redis,
      messenger,
      log,
      urgent,
      began: performance.now(),
      busy: new Set(),
      pace: this.#pace,
      picks: this.#picks,
      leftAlone: this.#leftAlone,
      turn: stoppable,
      errors: await ChannelErrors.load(redis, draws.keys, stoppable),
      suspects: this.#suspects,
      refusals: this.#refusals,
    };
  }

  /** Redis being away is said by `watchRedis`; anything else is a fault of ours. */
  #failed(err: unknown): void {
    const { log, redis } = this.#options;
    const problem = err instanceof Error ? err.message : String(err);
    const isTold = performance.now() - (this.#told.get(problem) ?? Number.NEGATIVE_INFINITY) < TELL_AGAIN;
    // Once soon, and then as often as it looks anyway.
    if (!isTold) this.#lookIn(TRY_AGAIN);
    if (isTold || redis.status !== 'ready') return;
    if (this.#told.size >= MOST_TOLD) this.#told.clear();
    this.#told.set(problem, performance.now());
    log.error({ err }, 'Announcing failed');
  }
}
