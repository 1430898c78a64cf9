import { Redis } from 'ioredis';
import type { Log } from './log.ts';

/** A command that Redis has not answered by then has failed, in milliseconds; below Slack's 3 seconds. */
const COMMAND_TIMEOUT = 1500;
const CONNECT_TIMEOUT = 2000;
const LONGEST_PAUSE = 2000;

/** How often the connection is tried, in milliseconds. */
const TRY_EVERY = 3000;

/**
 * Makes the Redis client. While Redis is away it keeps trying, at most 2 seconds apart; a command fails at once instead
 * of waiting in a queue to be carried out when nobody expects it any more, and none is sent twice. Call `connect` to begin.
 */
export function createRedis(url: string): Redis {
  return new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT,
    commandTimeout: COMMAND_TIMEOUT,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_PAUSE),
  });
}

/** The address of a Redis, fit to be shown: without user and password. */
export function shownAddress(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** Reasons that only an operator can mend: a wrong password or database. */
const NEEDS_MENDING = /^(?:WRONGPASS|NOAUTH|NOPERM|ERR)\b/;

/**
 * Says in the log, once an outage, that Redis is away and what to do, and once that it is back; and makes a new
 * connection in place of one that is dead but not closed.
 * @param url its address; the password is not shown
 * @returns a function that stops watching
 */
export function watchRedis(redis: Redis, url: string, log: Log): () => void {
  const address = shownAddress(url);
  let away = false;
  let mending = false;
  const report = (reason: string): void => {
    const needsMending = NEEDS_MENDING.test(reason);
    if (away && (mending || !needsMending)) return;
    away = true;
    mending = needsMending;
    log.error(
      `Redis at ${address} cannot be used (${reason}). Trying again until it can. ` +
        'To start one: redis-server (Debian: apt-get install redis-server), or set REDIS_URL to one that runs.',
    );
  };
  const onError = (error: Error & { code?: string }): void => {
    report(error.code ?? error.message);
    // The client would go on in database 0, which is another draw's.
    if (/DB index/i.test(error.message)) redis.disconnect(true);
  };
  const onClose = (): void => report('connection closed');
  const onReady = (): void => {
    if (away) log.info(`Redis at ${address} is back.`);
    away = false;
    mending = false;
  };
  const trying = setInterval(async () => {
    if (redis.status !== 'ready' && redis.status !== 'connect') return;
    if (await redisAnswers(redis)) return;
    report('it does not answer');
    redis.disconnect(true);
  }, TRY_EVERY);
  redis.on('error', onError).on('close', onClose).on('ready', onReady);
  return () => {
    clearInterval(trying);
    redis.off('close', onClose).off('ready', onReady);
  };
}

/**
 * Whether Redis answers now.
 * @returns false also when it does not answer within the command time-out
 */
export async function redisAnswers(redis: Redis): Promise<boolean> {
  return redis.ping().then(
    (pong) => pong === 'PONG',
    () => false,
  );
}
