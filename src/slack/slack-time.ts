/** Slack's requests are signed with a time that may differ by so much, in milliseconds. Source: docs.slack.dev, "Verifying requests". */
const ALLOWED = 5 * 60_000;

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

  /**
   * Why this machine's clock is in the way, in plain words; undefined where it is not.
   * @param now this machine's time, in milliseconds since the epoch
   */
  problem(now: number): string | undefined {
    const ahead = now - (this.now() ?? now);
    if (Math.abs(ahead) <= ALLOWED) return undefined;
    const minutes = Math.round(Math.abs(ahead) / 60_000);
    return `This machine's clock is ${minutes} minutes ${ahead > 0 ? 'ahead of' : 'behind'} Slack's: have it set by NTP.`;
  }
}
