import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long an answer may take to go out inside the acknowledgement, in milliseconds. Slack shows an error after 3
 * seconds. Source: docs.slack.dev, "Acknowledgment response".
 */
export const ANSWER_TIMEOUT = 2_000;

/** Said by `within` when the time is over. */
export const LATER = Symbol('later');

/**
 * Waits for a promise, but not for long.
 * @returns its value, or `LATER` when it has none after `ANSWER_TIMEOUT`
 * @throws what the promise throws within that time
 */
export async function within<T>(work: Promise<T>): Promise<T | typeof LATER> {
  const enough = new AbortController();
  try {
    return await Promise.race([work, sleep(ANSWER_TIMEOUT, LATER, { signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
