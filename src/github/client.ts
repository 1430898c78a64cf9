import { Pool } from 'undici';
import type { LookupOutcome, ProfileSource } from '../draw/types.ts';
import type { Log } from '../log.ts';
import { type Allowance, readAllowance, readResponse } from './response.ts';
import { TtlCache } from './ttl-cache.ts';

/** One look-up may take this long, in milliseconds, connecting and reading included. */
const TIMEOUT = 3000;

/** How long "no such user" and "an organisation" are remembered, in milliseconds. */
const REMEMBER = 60_000;

/** Of all look-ups that GitHub allows, the last ones are kept for members who have not missed: this share. */
const KEPT = 1 / 4;

/** GitHub's JSON of a user is about 1.5 kB; what is far larger is not GitHub's. */
const MAX_BYTES = 256 * 1024;

export interface GitHubOptions {
  /** Without a trailing slash, for instance `https://api.github.com`. */
  readonly apiUrl: string;
  readonly token: string | undefined;
  readonly log: Log;
  /** Milliseconds since the epoch; replaced in tests. */
  readonly now?: () => number;
}

export interface GitHub extends ProfileSource {
  close(): Promise<void>;
}

/**
 * Looks profiles up at GitHub over a connection pool of its own. Look-ups of one login that happen at once share one
 * request, and while GitHub limits look-ups it is not asked at all. Where few are left, whoever has asked for logins that are
 * nobody's waits for the others.
 */
export function createGitHub({ apiUrl, token, log, now = Date.now }: GitHubOptions): GitHub {
  const { origin, pathname } = new URL(apiUrl);
  const pool = new Pool(origin, {
    connections: 16,
    connect: { timeout: TIMEOUT },
    headersTimeout: TIMEOUT,
    bodyTimeout: TIMEOUT,
    maxResponseSize: MAX_BYTES,
  });
  const headers = {
    accept: 'application/vnd.github+json',
    // GitHub refuses requests without one. Source: docs.github.com, "User agent required".
    'user-agent': 'prizedraw',
    'x-github-api-version': '2022-11-28',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const underWay = new Map<string, Promise<LookupOutcome>>();
  const misses = new TtlCache<LookupOutcome>(REMEMBER, now);
  let limit: Extract<LookupOutcome, { kind: 'limited' }> | undefined;
  let allowance: Allowance | undefined;

  const ask = async (login: string, request: string | undefined): Promise<LookupOutcome> => {
    const path = `${pathname.replace(/\/$/, '')}/users/${encodeURIComponent(login)}`;
    try {
      const signal = AbortSignal.timeout(TIMEOUT);
      const response = await pool.request({ path, method: 'GET', headers, signal });
      const body = await response.body.text();
      allowance = readAllowance(response.headers, now()) ?? allowance;
      return readResponse(login, { status: response.statusCode, headers: response.headers, body }, now());
    } catch (error) {
      if (error instanceof Error && error.name === 'GitHubTokenRefused') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ login, reason, request }, 'GitHub cannot be reached');
      return { kind: 'unreachable' };
    }
  };

  const lookUp = async (login: string, request: string | undefined): Promise<LookupOutcome> => {
    const outcome = await ask(login, request);
    if (outcome.kind === 'no_such_user' || outcome.kind === 'organisation') misses.set(login, outcome);
    if (outcome.kind === 'limited') {
      limit = outcome;
      const until = outcome.until.toISOString();
      log.warn({ until, request }, 'GitHub limits look-ups; a GITHUB_TOKEN allows 5,000 an hour');
    }
    return outcome;
  };

  /** Until when somebody who has missed waits, as what is left is kept for others; undefined: not at all. */
  const keptUntil = (missesUntil: Date | undefined): Date | undefined => {
    if (missesUntil === undefined || allowance === undefined) return undefined;
    const isLow = allowance.remaining <= allowance.limit * KEPT && allowance.until.getTime() > now();
    return isLow ? new Date(Math.min(allowance.until.getTime(), missesUntil.getTime())) : undefined;
  };

  return {
    async lookUp(login, missesUntil, request) {
      const missed = misses.get(login);
      if (missed) return missed;
      if (limit && limit.until.getTime() > now()) return limit;
      const until = underWay.has(login) ? undefined : keptUntil(missesUntil);
      if (until) return { kind: 'limited', until };
      const shared = underWay.get(login) ?? lookUp(login, request).finally(() => underWay.delete(login));
      underWay.set(login, shared);
      return shared;
    },
    close: () => pool.destroy(),
  };
}
