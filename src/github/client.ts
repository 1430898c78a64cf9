import type { LookupOutcome, ProfileSource } from '../draw/types.ts';
import type { Log } from '../log.ts';
import { type Api, type ApiOptions, graphqlApi, restApi, type Told } from './apis.ts';
import { gatherLookUps } from './batch.ts';
import { type Apis, lookUpTogether, waitForOthers } from './choice.ts';
import { connect } from './connection.ts';
import { type Allowance, Limit } from './limits.ts';
import { TtlCache } from './ttl-cache.ts';

/** One look-up may take this long once it is its turn, in milliseconds, connecting and reading included. */
const TIMEOUT = 3000;

/** How long "no such user" and "an organisation" are remembered, in milliseconds. */
const REMEMBER = 60_000;

/** Of all look-ups that GitHub allows, the last ones are kept for members who have not missed: this share. */
const KEPT = 1 / 4;

export interface GitHubOptions {
  /** Without a trailing slash, for instance `https://api.github.com`. */
  readonly apiUrl: string;
  readonly token: string | undefined;
  readonly log: Log;
  /** Told how each look-up went that GitHub was asked for, and which API answered. Must not throw. */
  readonly observe?: (api: Api, outcome: Told) => void;
  /** How long a look-up may take, in milliseconds; replaced in tests. */
  readonly timeout?: number;
  /** Milliseconds since the epoch; replaced in tests. */
  readonly now?: () => number;
}

/** What is left of each API's limit, as it last said; nothing where it has not said. */
export type Allowances = Readonly<Partial<Record<Api, Allowance>>>;

/** A look-up that has begun. */
interface UnderWay {
  readonly outcome: Promise<LookupOutcome>;
  /** The ID that whoever asked first has in the log. */
  readonly request: string | undefined;
}

export interface GitHub extends ProfileSource {
  allowances(): Allowances;
  close(): Promise<void>;
}

/**
 * Looks profiles up at GitHub over connections of its own. Look-ups of one login that happen at once share one request; with
 * a token, those of several logins do. While GitHub limits look-ups it is not asked at all. Where few are left, whoever has
 * asked for logins that are nobody's waits for the others.
 */
export function createGitHub(options: GitHubOptions): GitHub {
  const { apiUrl, token, log, observe = () => {}, timeout = TIMEOUT, now = Date.now } = options;
  const connection = connect(new URL(apiUrl).origin, token);
  const limits = { rest: new Limit(now), graphql: new Limit(now) };
  const underWay = new Map<string, UnderWay>();
  const optionsOf = (api: Api): ApiOptions => ({
    connection,
    apiUrl: apiUrl.replace(/\/$/, ''),
    limit: limits[api],
    log,
    onLimit: token === undefined ? 'GitHub limits look-ups; a GITHUB_TOKEN allows 5,000 an hour' : LIMITED,
    observe: (outcome) => observe(api, outcome),
    requestOf: (login) => underWay.get(login)?.request,
    now,
  });
  const apis: Apis = {
    rest: restApi(optionsOf('rest')),
    graphql: graphqlApi(optionsOf('graphql')),
    limits,
    timeout,
  };
  const gathered = gatherLookUps({
    size: () => apis.graphql.size,
    wait: () => waitForOthers(apis),
    ask: (logins) => lookUpTogether(apis, logins),
  });
  const misses = new TtlCache<LookupOutcome>(REMEMBER, now);

  // GitHub answers nobody by GraphQL who has no token.
  const isTogether = (): boolean => token !== undefined && apis.graphql.isUsable;

  const lookUp = async (login: string): Promise<LookupOutcome> => {
    const outcome = await (isTogether() ? gathered(login) : apis.rest(login, timeout));
    if (outcome.kind === 'no_such_user' || outcome.kind === 'organisation') misses.set(login, outcome);
    return outcome;
  };

  /** Until when GitHub answers nothing at all. */
  const limitedUntil = (): Date | undefined => {
    if (limits.rest.until === undefined || isTogether()) return undefined;
    return earlier(limits.rest.until, limits.graphql.until);
  };

  /**
   * Until when somebody who has missed waits, as what is left is kept for others; undefined: not at all. It is REST's that
   * is kept, as whoever is nobody is asked for by REST.
   */
  const keptUntil = (missesUntil: Date | undefined): Date | undefined => {
    const { allowance } = limits.rest;
    if (missesUntil === undefined || allowance === undefined) return undefined;
    return allowance.remaining <= allowance.limit * KEPT ? earlier(missesUntil, allowance.until) : undefined;
  };

  return {
    async lookUp(login, missesUntil, request) {
      const missed = misses.get(login);
      if (missed) return missed;
      const until = limitedUntil() ?? (underWay.has(login) ? undefined : keptUntil(missesUntil));
      if (until) return { kind: 'limited', until };
      const shared = underWay.get(login)?.outcome;
      if (shared) return shared;
      const outcome = lookUp(login).finally(() => underWay.delete(login));
      underWay.set(login, { outcome, request });
      return outcome;
    },
    allowances() {
      const { rest, graphql } = limits;
      return {
        ...(rest.allowance ? { rest: rest.allowance } : {}),
        ...(graphql.allowance ? { graphql: graphql.allowance } : {}),
      };
    },
    close: () => connection.close(),
  };
}

const LIMITED = 'GitHub limits look-ups of this GITHUB_TOKEN';

function earlier(one: Date, other: Date | undefined): Date {
  return other && other < one ? other : one;
}
