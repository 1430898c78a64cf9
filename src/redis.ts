import { Redis, type RedisOptions } from 'ioredis';
import { isElsewhere } from './redis-problem.ts';
import { slotConnector } from './redis-slot.ts';
import { parseRedisUrl, type RedisPlace } from './redis-url.ts';

/** A command that Redis has not answered by then has failed, in milliseconds; below Slack's 3 seconds. */
const COMMAND_TIMEOUT = 1500;
const CONNECT_TIMEOUT = 2000;
const SENTINEL_TIMEOUT = 1000;
const LONGEST_PAUSE = 2000;

/** Emitted by a client with each error that Redis replies. */
export const ERROR_REPLY = 'errorReply';

/**
 * Makes the Redis client. While Redis is away it keeps trying, at most 2 seconds apart; a command fails at once instead
 * of waiting in a queue to be carried out when nobody expects it any more, and none is sent twice. A server that has become
 * a replica is left: behind the same address, or known to the sentinels or the cluster, there may be a primary. Call
 * `connect` to begin.
 * @param url one server, a Redis Cluster or sentinels, as `REDIS_URL` may be
 * @param keyPrefix the beginning of every key: in a cluster, it says which node has them
 * @throws when the address is not one of those
 */
export function createRedis(url: string, keyPrefix: string): Redis {
  const place = parseRedisUrl(url);
  if ('problem' in place) throw new Error(`The address of Redis ${place.problem}`);
  const retryStrategy = (attempt: number): number => Math.min(attempt * 100, LONGEST_PAUSE);
  const options: RedisOptions = {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT,
    commandTimeout: COMMAND_TIMEOUT,
    retryStrategy,
    sentinelRetryStrategy: retryStrategy,
    reconnectOnError: ({ message }) => {
      redis.emit(ERROR_REPLY, message);
      return isElsewhere(message);
    },
  };
  const redis: Redis =
    place.kind === 'server' ? new Redis(url, options) : new Redis({ ...options, ...whereabouts(place, keyPrefix) });
  return redis;
}

/** What the client is told of where Redis is. */
function whereabouts(place: Exclude<RedisPlace, { kind: 'server' }>, keyPrefix: string): RedisOptions {
  const { username, password } = place.login;
  const own: RedisOptions = { username, password, ...(place.isTls ? { tls: {} } : {}) };
  if (place.kind === 'cluster') return { ...own, Connector: slotConnector(place, `${keyPrefix}:`) };
  return {
    ...own,
    db: place.database,
    name: place.master,
    sentinels: [...place.sentinels],
    sentinelUsername: place.sentinelLogin.username,
    sentinelPassword: place.sentinelLogin.password,
    ...(place.isTls ? { sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
    sentinelCommandTimeout: SENTINEL_TIMEOUT,
  };
}
