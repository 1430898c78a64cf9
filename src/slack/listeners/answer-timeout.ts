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
export function within<T>(work: Promise<T>): Promise<T | typeof LATER> {
  return new Promise((resolve, reject) => {
    const enough = setTimeout(resolve, ANSWER_TIMEOUT, LATER);
    work.then(resolve, reject).finally(() => clearTimeout(enough));
  });
}
