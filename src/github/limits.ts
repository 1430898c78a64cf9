import { z } from 'zod';
import type { GitHubResponse } from './connection.ts';

type Headers = GitHubResponse['headers'];

const whole = z.coerce.number().int().nonnegative();

const stated = z.object({
  'x-ratelimit-limit': whole.positive(),
  'x-ratelimit-remaining': whole,
  'x-ratelimit-reset': whole,
});

/** How long to leave GitHub alone when it limits look-ups and does not say until when, in milliseconds. */
const UNSTATED_LIMIT = 60_000;

/** GitHub counts by the hour; whoever states far more is believed no further, in milliseconds. */
const LONGEST_LIMIT = 2 * 60 * 60_000;

/** How much one of GitHub's APIs allows at the moment, as it says with each answer: requests of REST, points of GraphQL. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** When it begins to count anew. */
  readonly until: Date;
}

/** What is known of the limit of one of GitHub's two APIs, which each count for themselves. */
export class Limit {
  readonly #now: () => number;
  #allowance: Allowance | undefined;
  #reached = 0;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes note of what an answer says is left. Source: docs.github.com, "Checking the status of your rate limit". */
  read(headers: Headers): void {
    const read = stated.safeParse(headers);
    if (!read.success) return;
    const { 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset } = read.data;
    this.#allowance = { limit, remaining, until: new Date(Math.min(reset * 1000, this.#now() + LONGEST_LIMIT)) };
  }

  /** Takes note that the API answers nothing until then. */
  reached(until: Date): void {
    this.#reached = until.getTime();
  }

  /** Until when the API answers nothing; undefined: as far as is known, it answers. */
  get until(): Date | undefined {
    return this.#reached > this.#now() ? new Date(this.#reached) : undefined;
  }

  /** What is left; undefined while the API has not said so, and once it counts anew. */
  get allowance(): Allowance | undefined {
    return this.#allowance && this.#allowance.until.getTime() > this.#now() ? this.#allowance : undefined;
  }

  /** Which share of what the API allows is left, between 0 and 1; undefined where that is not known. */
  get share(): number | undefined {
    const { allowance } = this;
    return allowance && allowance.remaining / allowance.limit;
  }
}

/**
 * Until when an answer says that look-ups are limited. Source: docs.github.com, "Rate limits for the REST API", "Exceeding
 * the rate limit", and the same for the GraphQL API.
 * @param now milliseconds since the epoch
 */
export function limitedUntil(headers: Headers, now: number): Date {
  const wait = whole.safeParse(headers['retry-after']);
  const reset = whole.safeParse(headers['x-ratelimit-reset']);
  const spent = headers['x-ratelimit-remaining'] === '0';
  const milliseconds = wait.success
    ? wait.data * 1000
    : spent && reset.success
      ? Math.max(reset.data * 1000 - now, 1000)
      : UNSTATED_LIMIT;
  return new Date(now + Math.min(milliseconds, LONGEST_LIMIT));
}

/** Whether an answer with an error status says that look-ups are limited, rather than something else. */
export function isLimit({ status, headers, body }: GitHubResponse): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(body);
}
