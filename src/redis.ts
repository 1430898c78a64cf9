import { Redis } from 'ioredis';
import { stateOf } from './redis-problem.ts';

/** A command that Redis has not answered by then has failed, in milliseconds; below Slack's 3 seconds. */
const COMMAND_TIMEOUT = 1500;
const CONNECT_TIMEOUT = 2000;
const LONGEST_PAUSE = 2000;

/** Emitted by a client with each error that Redis replies. */
export const ERROR_REPLY = 'errorReply';

/**
 * Makes the Redis client. While Redis is away it keeps trying, at most 2 seconds apart; a command fails at once instead
 * of waiting in a queue to be carried out when nobody expects it any more, and none is sent twice. A server that has become
 * a replica is left: behind the same address there may be a primary. Call `connect` to begin.
 */
export function createRedis(url: string): Redis {
  const redis: Redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT,
    commandTimeout: COMMAND_TIMEOUT,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_PAUSE),
    reconnectOnError: ({ message }) => {
      redis.emit(ERROR_REPLY, message);
      return isReplica(message);
    },
  });
  return redis;
}

/** Whether an error reply is that of a replica, which takes no changes. */
export function isReplica(reply: string): boolean {
  const kind = stateOf(reply)?.kind;
  return kind === 'READONLY' || kind === 'MASTERDOWN';
}

/** The address of a Redis, fit to be shown: without user and password. */
export function shownAddress(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
