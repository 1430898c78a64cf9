import type { Redis } from 'ioredis';
import type { Draw } from './draw/index.ts';
import { LONGEST_PICK } from './draw/pick.ts';
import type { Log } from './log.ts';
import type { Announcer } from './slack/announcer/index.ts';

/** How often to look for a pick that was cut off, in milliseconds. */
const LOOK_EVERY = 5_000;

interface ResumeOptions {
  readonly draw: Draw;
  readonly announcer: Announcer;
  readonly redis: Redis;
  readonly log: Log;
}

/**
 * Goes on with picks that a crash has cut off, of this process at once, of others when they had time enough.
 * @returns a function that stops it
 */
export function resumePicks({ draw, announcer, redis, log }: ResumeOptions): () => void {
  let isFirst = true;
  let isBusy = false;
  const look = async (): Promise<void> => {
    if (isBusy || redis.status !== 'ready') return;
    isBusy = true;
    try {
      const outcome = await draw.resume(isFirst ? 0 : LONGEST_PICK);
      isFirst = false;
      if (outcome === undefined) return;
      log.info({ outcome: outcome.kind }, 'Went on with a pick that had been cut off');
      announcer.nudge();
    } catch (err) {
      log.warn({ err }, 'Going on with a pick did not work; it is tried again');
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(look, LOOK_EVERY);
  redis.once('ready', look);
  void look();
  return () => {
    clearInterval(timer);
    redis.off('ready', look);
  };
}
