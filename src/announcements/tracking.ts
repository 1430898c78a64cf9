import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { trackKeys } from '../redis-tracking.ts';
import type { Worker } from './worker.ts';

/** How long changes are gathered before the worker looks, in milliseconds: other programs change several keys in turn. */
const GATHER = 50;

/**
 * The same for entrants alone, in milliseconds: where many enter over several processes, each is told of every entry of the
 * others, and the number that is shown may be older than that.
 */
const GATHER_ENTRANTS = 1_000;

export interface TrackDrawsOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly home: string;
  readonly worker: Worker;
  readonly log: Log;
}

/**
 * Has Redis say when another program changes a draw's shared keys, and the worker look at it.
 * @returns a function that stops it
 */
export function trackDraws({ redis, prefix, home, worker, log }: TrackDrawsOptions): () => void {
  const tell = (channel: string): void => worker.changed(channel);
  const changed = new Gathered(GATHER, tell);
  const entered = new Gathered(GATHER_ENTRANTS, tell);
  const stop = trackKeys({
    redis,
    // The home channel's keys, and those of every other channel, whose IDs begin with C or G.
    prefixes: ['is_open', 'prizes', 'entrants', 'winners', 'C', 'G'].map((name) => `${prefix}:${name}`),
    log,
    onChange: (key) => {
      if (key === undefined) changed.add(home);
      else (key.endsWith('entrants') ? entered : changed).add(channelOf(key.slice(prefix.length + 1), home));
    },
    onTold: (isTold) => worker.setTold(isTold),
  });
  return () => {
    stop();
    changed.stop();
    entered.stop();
  };
}

/** Channels that are told together, some time after the first of them was added. */
class Gathered {
  readonly #channels = new Set<string>();
  readonly #wait: number;
  readonly #tell: (channel: string) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(wait: number, tell: (channel: string) => void) {
    this.#wait = wait;
    this.#tell = tell;
  }

  add(channel: string): void {
    this.#channels.add(channel);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const channels = [...this.#channels];
      this.#channels.clear();
      for (const each of channels) this.#tell(each);
    }, this.#wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function channelOf(name: string, home: string): string {
  return /^([CG][A-Z0-9]+):/.exec(name)?.[1] ?? home;
}
