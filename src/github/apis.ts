import type { LookupOutcome } from '../draw/types.ts';
import type { Log } from '../log.ts';
import type { Connection } from './connection.ts';
import { GitHubTokenRefused } from './connection.ts';
import { type GraphqlAnswer, graphqlPath, readUsersResponse, usersQuery } from './graphql.ts';
import type { Limit } from './limits.ts';
import { readUserResponse, userPath } from './rest.ts';

/** GitHub's two APIs that tell of users. */
export type Api = 'rest' | 'graphql';

/** How a look-up went, for whoever counts. */
export type Told = LookupOutcome['kind'] | 'token_refused';

export interface ApiOptions {
  readonly connection: Connection;
  /** Of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  readonly limit: Limit;
  readonly log: Log;
  /** What the log says when this API limits look-ups. */
  readonly onLimit: string;
  /** Told how each look-up went that this API answered, and once of a request that it did not answer. */
  readonly observe: (outcome: Told) => void;
  /** The ID that whoever asks for a login has in the log. */
  readonly requestOf: (login: string) => string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type LookUp = (login: string, timeout: number) => Promise<LookupOutcome>;

/**
 * Looks one user up by REST. While it limits look-ups it is not asked.
 * @throws GitHubTokenRefused
 */
export function restApi({ connection, apiUrl, limit, log, onLimit, observe, requestOf, now }: ApiOptions): LookUp {
  const base = pathOf(apiUrl);
  const request: LookUp = async (login, timeout) => {
    if (connection.isClosed) return { kind: 'unreachable' };
    try {
      const response = await connection.send({ path: userPath(base, login), timeout });
      limit.read(response.headers);
      return readUserResponse(login, response, now());
    } catch (error) {
      log.warn({ login, reason: reasonOf(error, observe), request: requestOf(login) }, 'GitHub cannot be reached');
      return { kind: 'unreachable' };
    }
  };
  return async (login, timeout) => {
    if (limit.until) return { kind: 'limited', until: limit.until };
    const outcome = await request(login, timeout);
    if (outcome.kind === 'limited') {
      reached(limit, outcome.until, (until) => log.warn({ api: 'rest', until, request: requestOf(login) }, onLimit));
    }
    observe(outcome.kind);
    return outcome;
  };
}

/** How long it is not looked whether there is GraphQL by now, in milliseconds. */
const NOT_THERE = 10 * 60_000;

/** After so many requests in a row that came to nothing, GraphQL is left alone for so long, in milliseconds. */
const FAILURES = 3;
const LEFT_ALONE = 30_000;

/** GitHub takes a hundred users at once; where that was too much, fewer, but never fewer than ten. */
const MOST = 100;
const FEWEST = 10;

export interface GraphqlApi {
  /** Whether it is worth asking at the moment. */
  readonly isUsable: boolean;
  /** For how many users at once it may be asked at the moment. */
  readonly size: number;
  /**
   * Looks several users up.
   * @returns whom it found; nobody, where it could not be asked
   * @throws GitHubTokenRefused
   */
  lookUp(logins: readonly string[], timeout: number): Promise<ReadonlyMap<string, LookupOutcome>>;
}

/** Looks several users up by GraphQL, and remembers where that is of no use. */
export function graphqlApi({
  connection,
  apiUrl,
  limit,
  log,
  onLimit,
  observe,
  requestOf,
  now,
}: ApiOptions): GraphqlApi {
  const path = graphqlPath(pathOf(apiUrl));
  let unusableUntil = 0;
  let failures = 0;
  let size = MOST;

  const request = async (logins: readonly string[], timeout: number): Promise<GraphqlAnswer> => {
    try {
      const response = await connection.send({ path, body: usersQuery(logins), timeout });
      limit.read(response.headers);
      return readUsersResponse(logins, response, apiUrl, now());
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error, observe) };
    }
  };
  const failed = (reason: string, requests: readonly string[]): void => {
    failures++;
    if (failures >= FAILURES) unusableUntil = now() + LEFT_ALONE;
    log.warn({ reason, requests }, 'GitHub did not answer for several users at once; each is asked for by itself');
  };
  return {
    get isUsable() {
      return !connection.isClosed && limit.until === undefined && unusableUntil <= now();
    },
    get size() {
      return size;
    },
    async lookUp(logins, timeout) {
      const requests = logins.flatMap((login) => requestOf(login) ?? []);
      const answer = await request(logins, timeout);
      if (answer.kind !== 'failed') failures = 0;
      switch (answer.kind) {
        case 'answered':
          size = answer.isTooMuch ? Math.max(FEWEST, Math.floor(size / 2)) : Math.min(MOST, size + 1);
          for (const { kind } of answer.outcomes.values()) observe(kind);
          return answer.outcomes;
        case 'limited':
          reached(limit, answer.until, (until) => log.warn({ api: 'graphql', until, requests }, onLimit));
          observe('limited');
          return new Map();
        case 'not_there':
          unusableUntil = now() + NOT_THERE;
          log.info({ requests }, 'GitHub has no GraphQL at this address; each user is asked for by itself');
          return new Map();
        case 'failed':
          failed(answer.reason, requests);
          observe('unreachable');
          return new Map();
      }
    },
  };
}

/** @param say says so in the log, once, with the time until when no more look-ups are answered */
function reached(limit: Limit, until: Date, say: (until: string) => void): void {
  // Those that were under way beside the first say the same.
  const isNew = limit.until === undefined;
  limit.reached(until);
  if (isNew) say(until.toISOString());
}

/** The path of an address, without a slash at the end. */
function pathOf(apiUrl: string): string {
  return new URL(apiUrl).pathname.replace(/\/$/, '');
}

/** @throws GitHubTokenRefused, where that is the reason */
function reasonOf(error: unknown, observe: ApiOptions['observe']): string {
  if (error instanceof GitHubTokenRefused) {
    observe('token_refused');
    throw error;
  }
  return error instanceof Error ? error.message : String(error);
}
