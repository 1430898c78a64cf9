/** What keeps Redis from being used. */
export interface RedisProblem {
  /**
   * `away`: it does not answer, or there is none; `refuses`: a wrong password or database, which only an operator can mend;
   * the others are states of a Redis that answers. Source: redis.io, "Redis serialization protocol", error prefixes.
   */
  readonly kind: 'away' | 'refuses' | 'READONLY' | 'LOADING' | 'MASTERDOWN' | 'OOM' | 'MISCONF';
  /** In plain words, for the log, the health check and the panel. */
  readonly words: string;
}

/**
 * What goes wrong with Redis, for whoever counts it: a problem as it comes up or is met again; an answer that does not come
 * in time; a connection that worked and was lost; any other error that Redis replies.
 */
export type RedisError = RedisProblem['kind'] | 'timeout' | 'lost' | 'other';

/** A script's error has the reason in its middle in Redis 6, at its beginning in Redis 7. */
const STATES: Readonly<Record<Exclude<RedisProblem['kind'], 'away' | 'refuses'>, string>> = {
  READONLY: 'it is a replica now and takes no changes (READONLY); the primary is looked for at the same address',
  LOADING: 'it is still loading its data (LOADING)',
  MASTERDOWN: 'it is a replica that has lost its primary (MASTERDOWN)',
  OOM: 'its memory is full (OOM): raise its maxmemory, or delete what nobody needs',
  MISCONF: 'it cannot save to disk (MISCONF): look at its log, and at the space on its disk',
};
const REFUSES = /^(?:WRONGPASS|NOAUTH|NOPERM|ERR)\b/;

/**
 * Tells what an error reply of Redis says about Redis itself.
 * @returns undefined where it says nothing: the command is at fault, say
 */
export function stateOf(reply: string): RedisProblem | undefined {
  const kinds: readonly (keyof typeof STATES)[] = ['READONLY', 'LOADING', 'MASTERDOWN', 'OOM', 'MISCONF'];
  const kind = kinds.find((each) => reply.startsWith(`${each} `) || reply.includes(`-${each} `));
  return kind && { kind, words: STATES[kind] };
}

/** Tells why a connection does not come about, or was lost. */
export function connectionProblem(reason: string): RedisProblem {
  return stateOf(reason) ?? { kind: REFUSES.test(reason) ? 'refuses' : 'away', words: reason };
}
