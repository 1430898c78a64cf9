import type { Redis } from 'ioredis';
import type { Log } from './log.ts';
import { ERROR_REPLY } from './redis.ts';
import { connectionProblem, isElsewhere, type RedisError, type RedisProblem, stateOf } from './redis-problem.ts';
import { shownAddress } from './redis-url.ts';

/** How often the connection is tried, in milliseconds. */
const TRY_EVERY = 3000;

/** How long the key lives that is written to see whether Redis takes changes again, in milliseconds. */
const PROBE_TTL = 1000;

const START_ONE =
  ' To start one: redis-server (Debian: apt-get install redis-server), or set REDIS_URL to one that runs.';

/** What is known of how Redis is. */
export interface RedisHealth {
  /** Why Redis cannot be used at the moment, as it was last seen; undefined: it can. */
  problem(): RedisProblem | undefined;
  /** Asks Redis now. */
  look(): Promise<RedisProblem | undefined>;
  stop(): void;
}

/**
 * Watches over a client: says in the log, once an outage, why Redis cannot be used and what to do, and once that it can
 * again; and makes a new connection in place of one that is dead but not closed, or leads to a server that is the wrong one.
 * @param url its address; the password is not shown
 * @param probeKey a key that may be read, and written to see whether Redis takes changes again
 * @param count told each thing that goes wrong
 */
export function watchRedis(
  redis: Redis,
  url: string,
  log: Log,
  probeKey: string,
  count: (error: RedisError) => void = () => {},
): RedisHealth {
  const address = shownAddress(url);
  let problem: RedisProblem | undefined;

  const report = (next: RedisProblem): void => {
    // That a connection was closed or refused says less than what was known before.
    if (problem !== undefined && (problem.kind === next.kind || next.kind === 'away')) return;
    problem = next;
    const isOne = /^rediss?:/.test(address);
    const hint = isOne && (next.kind === 'away' || next.kind === 'refuses') ? START_ONE : '';
    log.error(`Redis at ${address} cannot be used (${next.words}). Trying again until it can.${hint}`);
  };
  const works = (): void => {
    if (problem !== undefined) log.info(`Redis at ${address} is back.`);
    problem = undefined;
  };

  /** Whether it answers; where it did not take changes, whether it does now. */
  const lookOnce = async (): Promise<RedisProblem | undefined> => {
    const before = problem;
    const isConnecting = redis.status === 'connect';
    const isReading = before === undefined || before.kind === 'away' || before.kind === 'refuses';
    try {
      if (isConnecting) await whileConnecting(redis);
      // A node of a cluster that is down still answers a PING.
      else if (isReading) await redis.exists(probeKey);
      else await redis.set(probeKey, '1', 'PX', PROBE_TTL);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return stateOf(reason) ?? { kind: 'away', words: 'it does not answer' };
    }
    // What came up meanwhile is not what was asked about.
    if (!isConnecting && problem === before) works();
    return problem;
  };

  // One at a time: what one has found would be old news after another.
  let looking: Promise<RedisProblem | undefined> | undefined;
  const look = (): Promise<RedisProblem | undefined> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  const onError = (error: Error & { code?: string }): void => {
    const found = connectionProblem(error.code ?? error.message);
    count(found.kind);
    report(found);
    // The client would go on in database 0, which is another draw's.
    if (/DB index/i.test(error.message)) redis.disconnect(true);
  };
  const onReply = (message: string): void => {
    const state = stateOf(message);
    // That it does not know a script yet is how the client learns to send it.
    if (!message.startsWith('NOSCRIPT')) count(state?.kind ?? 'other');
    if (state) report(state);
  };
  let wasReady = false;
  const onClose = (): void => {
    if (wasReady) count('lost');
    wasReady = false;
    report({ kind: 'away', words: 'connection closed' });
  };
  // A server that was a replica is not asked again and again: each time costs a connection.
  const onReady = (): void => {
    wasReady = true;
    if (!isLeft(problem)) void look();
  };
  const trying = setInterval(async () => {
    if (redis.status !== 'ready' && redis.status !== 'connect') return;
    const found = await look();
    if (found === undefined) return;
    if (found.kind === 'away') count('timeout');
    report(found);
    if (found.kind === 'away' || isLeft(found)) redis.disconnect(true);
  }, TRY_EVERY);
  redis.on('error', onError).on('close', onClose).on('ready', onReady).on(ERROR_REPLY, onReply);
  return {
    problem: () => problem,
    look,
    stop: () => {
      clearInterval(trying);
      redis.off('close', onClose).off('ready', onReady).off(ERROR_REPLY, onReply);
    },
  };
}

/** Whether a server in this state is left for another one; a node to which its cluster is down may be cut off from it. */
function isLeft(problem: RedisProblem | undefined): boolean {
  return problem !== undefined && (problem.kind === 'CLUSTERDOWN' || isElsewhere(`${problem.kind} `));
}

/** Redis answers, but takes no commands yet: INFO is one that it answers even so, and the client sends. */
async function whileConnecting(redis: Redis): Promise<void> {
  if (/^loading:1/m.test(await redis.info('persistence'))) throw new Error('LOADING Redis is loading');
}
