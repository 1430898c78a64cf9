import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { trackKeys } from '../redis-tracking.ts';
import type { Worker } from './worker.ts';

/** How long changes are gathered before the worker looks, in milliseconds: other programs change several keys in turn. */
const GATHER = 50;

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
  const changed = new Set<string>();
  let gathering: NodeJS.Timeout | undefined;
  const tell = (): void => {
    gathering = undefined;
    for (const channel of changed) worker.changed(channel);
    changed.clear();
  };
  const stop = trackKeys({
    redis,
    // The home channel's keys, and those of every other channel, whose IDs begin with C or G.
    prefixes: ['is_open', 'prizes', 'entrants', 'winners', 'C', 'G'].map((name) => `${prefix}:${name}`),
    log,
    onChange: (key) => {
      changed.add(key === undefined ? home : channelOf(key.slice(prefix.length + 1), home));
      gathering ??= setTimeout(tell, GATHER);
    },
    onTold: (isTold) => worker.setTold(isTold),
  });
  return () => {
    stop();
    clearTimeout(gathering);
  };
}

function channelOf(name: string, home: string): string {
  return /^([CG][A-Z0-9]+):/.exec(name)?.[1] ?? home;
}
