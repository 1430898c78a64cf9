import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** How often the event loop is looked at, in milliseconds: each look costs some processor time, even at rest. */
const EVERY = 20;

/** How late the event loop was, in seconds, since it was last asked. */
export interface Lag {
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

/** What is known of the event loop, which does one thing at a time: while it is late, everybody waits. */
export interface EventLoop {
  /** How late it was since this was last asked. */
  lag(): Lag;
  /** For how long it has been at work since the process began, in seconds. */
  active(): number;
  stop(): void;
}

/** Begins to look how late the event loop is. */
export function watchEventLoop(): EventLoop {
  const delays = monitorEventLoopDelay({ resolution: EVERY });
  delays.enable();
  // The delays are those between two looks, in nanoseconds. Without any yet, they are not numbers, or huge.
  const late = (delay: number): number => (delays.count === 0 ? 0 : Math.max(0, delay / 1e9 - EVERY / 1e3));
  return {
    lag: () => {
      const lag = { median: late(delays.percentile(50)), p99: late(delays.percentile(99)), most: late(delays.max) };
      delays.reset();
      return lag;
    },
    active: () => performance.eventLoopUtilization().active / 1000,
    stop: () => void delays.disable(),
  };
}
