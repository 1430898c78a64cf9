import { z } from 'zod';
import { parseProfile } from '../draw/profile.ts';
import type { LookupOutcome } from '../draw/types.ts';

/** What of GitHub's answer decides the outcome. */
export interface GitHubResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** GitHub did not accept `GITHUB_TOKEN`; a matter for whoever runs the bot, not for the person who enters. */
export class GitHubTokenRefused extends Error {
  override readonly name = 'GitHubTokenRefused';
  constructor() {
    super('GitHub refused GITHUB_TOKEN (401). Make a new token, or remove the setting to look users up without one.');
  }
}

const account = z.object({ login: z.string(), type: z.string() });
const whole = z.coerce.number().int().nonnegative();

const allowance = z.object({
  'x-ratelimit-limit': whole.positive(),
  'x-ratelimit-remaining': whole,
  'x-ratelimit-reset': whole,
});

/** How long to leave GitHub alone when it limits look-ups and does not say until when, in milliseconds. */
const UNSTATED_LIMIT = 60_000;

/** GitHub counts by the hour; whoever states far more is believed no further, in milliseconds. */
const LONGEST_LIMIT = 2 * 60 * 60_000;

/**
 * Tells the outcomes of a look-up apart. Source for the limits: docs.github.com, "Rate limits for the REST API".
 * @param now milliseconds since the epoch
 * @throws GitHubTokenRefused on 401
 */
export function readResponse(login: string, response: GitHubResponse, now: number): LookupOutcome {
  const { status, headers, body } = response;
  if (status === 200) return readUser(login, body);
  if (status === 404) return { kind: 'no_such_user' };
  if (status === 401) throw new GitHubTokenRefused();
  if (status === 429 || (status === 403 && isLimit(headers, body))) {
    return { kind: 'limited', until: limitedUntil(headers, now) };
  }
  return { kind: 'unreachable' };
}

function readUser(login: string, json: string): LookupOutcome {
  const profile = parseProfile(json);
  const parsed = profile && account.safeParse(JSON.parse(json));
  // An answer about somebody else comes from something that is not GitHub (a captive portal, a wrong GITHUB_API_URL).
  if (!profile || !parsed?.success || profile.login.toLowerCase() !== login) return { kind: 'unreachable' };
  return parsed.data.type === 'Organization' ? { kind: 'organisation' } : { kind: 'found', profile, json };
}

function isLimit(headers: GitHubResponse['headers'], body: string): boolean {
  return headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(body);
}

/** How many look-ups GitHub allows at the moment, as it says with each answer. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** When it begins to count anew. */
  readonly until: Date;
}

/**
 * Reads how many look-ups are left. Source: docs.github.com, "Rate limits for the REST API", "Checking the status".
 * @param now milliseconds since the epoch
 * @returns undefined where the answer does not say
 */
export function readAllowance(headers: GitHubResponse['headers'], now: number): Allowance | undefined {
  const read = allowance.safeParse(headers);
  if (!read.success) return undefined;
  const { 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset } = read.data;
  return { limit, remaining, until: new Date(Math.min(reset * 1000, now + LONGEST_LIMIT)) };
}

function limitedUntil(headers: GitHubResponse['headers'], now: number): Date {
  const wait = whole.safeParse(headers['retry-after']);
  const reset = whole.safeParse(headers['x-ratelimit-reset']);
  const spent = headers['x-ratelimit-remaining'] === '0';
  const stated = wait.success
    ? wait.data * 1000
    : spent && reset.success
      ? Math.max(reset.data * 1000 - now, 1000)
      : UNSTATED_LIMIT;
  return new Date(now + Math.min(stated, LONGEST_LIMIT));
}
