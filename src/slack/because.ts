/** A reason at the end of what was typed, `because …`. */
export interface Because {
  /** What stands before it. */
  readonly before: string;
  /** Empty where there is none. */
  readonly reason: string;
}

/**
 * Reads `… because the hall is closed`: the first `because` begins the reason.
 * @param text what was typed, without `in #channel` at its end
 */
export function parseBecause(text: string): Because {
  const match = /(?:^|\s)because(?:\s|$)/i.exec(text);
  if (match === null) return { before: text.trim(), reason: '' };
  return { before: text.slice(0, match.index).trim(), reason: text.slice(match.index + match[0].length).trim() };
}
