const KINDS = [
  'READONLY',
  'LOADING',
  'MASTERDOWN',
  'OOM',
  'MISCONF',
  'NOREPLICAS',
  'CLUSTERDOWN',
  'MOVED',
  'ASK',
  'TRYAGAIN',
] as const;
type State = (typeof KINDS)[number];

/** What keeps Redis from being used. */
export interface RedisProblem {
  /**
   * `away`: it does not answer, or there is none; `refuses`: a wrong password or database, which only an operator can mend;
   * the others are states of a Redis that answers. Source: redis.io, "Redis serialization protocol", error prefixes.
   */
  readonly kind: 'away' | 'refuses' | State;
  /** In plain words, for the log, the health check and the panel. */
  readonly words: string;
}

/**
 * What goes wrong with Redis, for whoever counts it: a problem as it comes up or is met again; an answer that does not come
 * in time; a connection that worked and was lost; any other error that Redis replies.
 */
export type RedisError = RedisProblem['kind'] | 'timeout' | 'lost' | 'other';
const IS_MOVING = 'the slot of its keys is being moved to another node of the cluster';

/** A script's error has the reason in its middle in Redis 6, at its beginning in Redis 7. */
const STATES: Readonly<Record<State, string>> = {
  READONLY: 'it is a replica now and takes no changes (READONLY); the primary is looked for at the same address',
  LOADING: 'it is still loading its data (LOADING)',
  MASTERDOWN: 'it is a replica that has lost its primary (MASTERDOWN)',
  OOM: 'its memory is full (OOM): raise its maxmemory, or delete what nobody needs',
  MISCONF: 'it cannot save to disk (MISCONF): look at its log, and at the space on its disk',
  NOREPLICAS: 'fewer replicas keep up than min-replicas-to-write asks for (NOREPLICAS): look at its replicas',
  CLUSTERDOWN: 'the cluster does not serve the slot of its keys (CLUSTERDOWN): look at the nodes of the cluster',
  MOVED: 'another node of the cluster has its keys (MOVED); it is looked for where REDIS_URL begins with redis+cluster',
  ASK: `${IS_MOVING} (ASK)`,
  TRYAGAIN: `${IS_MOVING} (TRYAGAIN)`,
};
/** Whoever replies so is not the one to ask. */
const ELSEWHERE: readonly string[] = ['READONLY', 'MASTERDOWN', 'MOVED'];
const REFUSES = /^(?:WRONGPASS|NOAUTH|NOPERM|ERR)\b/;

/**
 * Tells what an error reply of Redis says about Redis itself.
 * @returns undefined where it says nothing: the command is at fault, say
 */
export function stateOf(reply: string): RedisProblem | undefined {
  const kind = KINDS.find((each) => reply.startsWith(`${each} `) || reply.includes(`-${each} `));
  return kind && { kind, words: STATES[kind] };
}

/** Whether an error reply says that another server is the one to ask: this one is a replica, or no longer has the keys. */
export function isElsewhere(reply: string): boolean {
  return ELSEWHERE.includes(stateOf(reply)?.kind ?? '');
}

/** What the client says when it has asked each sentinel; without a last error, it only begins with the first one again. */
const SENTINELS = /^All sentinels are unreachable\.(?:.*? Last error: (.*))?/;

/** Tells why a connection does not come about, or was lost. */
export function connectionProblem(reason: string): RedisProblem {
  const sentinels = SENTINELS.exec(reason);
  if (sentinels) {
    const [, last = 'they are asked again'] = sentinels;
    const isUnknown = last.includes('No such master');
    const words = isUnknown ? 'they know no master of the name in REDIS_URL' : last;
    return { kind: REFUSES.test(last) ? 'refuses' : 'away', words: `no sentinel says where it is: ${words}` };
  }
  return stateOf(reason) ?? { kind: REFUSES.test(reason) ? 'refuses' : 'away', words: reason };
}
