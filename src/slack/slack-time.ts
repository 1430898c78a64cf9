/**
 * Slack's own time: of the `Date` of its latest answer, and of a clock of this machine that does not jump. This machine's
 * clock may be wrong, and may be set while the bot runs.
 */
export class SlackTime {
  /** Slack's time less `performance.now()`, in milliseconds. */
  #ahead: number | undefined;

  /** Takes note of an answer of Slack's, and returns it. */
  note(answer: Response): Response {
    const date = Date.parse(answer.headers.get('date') ?? '');
    // `Date` has whole seconds. Source: RFC 9110, section 6.6.1.
    if (Number.isFinite(date)) this.#ahead = date + 500 - performance.now();
    return answer;
  }

  /** Slack's time now, in milliseconds since the epoch; undefined before its first answer. */
  now(): number | undefined {
    return this.#ahead === undefined ? undefined : this.#ahead + performance.now();
  }
}
