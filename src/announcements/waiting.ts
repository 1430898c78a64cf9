import type { Redis } from 'ioredis';
import { RedisClock } from '../draw/clock.ts';
import type { Keys } from '../draw/keys.ts';
import { type Concern, countChannelErrors } from './channel-errors.ts';

/** What there is to do in the channels of the workspace, whichever process will do it. */
export interface Waiting {
  /** Draws with something to do now that nobody has begun. */
  readonly due: number;
  /** Draws with something to do later: a timer, or what is tried again. */
  readonly planned: number;
  /** Channels in which something is being tried again. */
  readonly failing: Readonly<Record<Concern, number>>;
}

/**
 * Reads what there is to do. It takes two answers of Redis, each of which comes within the client's time-out.
 * @throws when Redis does not answer
 */
export async function readWaiting(redis: Redis, keys: Keys): Promise<Waiting> {
  const [now, all, failing] = await Promise.all([
    RedisClock.of(redis).now(),
    redis.zcard(keys.due),
    countChannelErrors(redis, keys),
  ]);
  const due = await redis.zcount(keys.due, '-inf', now);
  // One may have been planned, or done, between the two answers.
  return { due, planned: Math.max(0, all - due), failing };
}
