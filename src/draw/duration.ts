const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The shortest and the longest time, in seconds, that a draw can be open by its timer. */
export const MIN_DURATION = MINUTE;
export const MAX_DURATION = 30 * DAY;

/** Ten years, in milliseconds: another program may have set a time that is no date any more. */
export const LONGEST_TIMER = 10 * 365 * DAY * 1000;

export type DurationResult =
  | { readonly kind: 'ok'; readonly seconds: number }
  | { readonly kind: 'not_a_duration' }
  | { readonly kind: 'too_short' }
  | { readonly kind: 'too_long' };

const DURATION = /^(?:(\d{1,6})d\s*)?(?:(\d{1,6})h\s*)?(?:(\d{1,6})m)?$/i;

/**
 * Reads `30m`, `90m`, `2h`, `1h30m`, `2d`: days, hours and minutes, largest first.
 * @returns the duration in seconds, between `MIN_DURATION` and `MAX_DURATION`, or what is wrong with it
 */
export function parseDuration(text: string): DurationResult {
  const match = DURATION.exec(text.trim());
  if (text.trim() === '' || match === null) return { kind: 'not_a_duration' };
  const [days = 0, hours = 0, minutes = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const seconds = days * DAY + hours * HOUR + minutes * MINUTE;
  if (seconds < MIN_DURATION) return { kind: 'too_short' };
  if (seconds > MAX_DURATION) return { kind: 'too_long' };
  return { kind: 'ok', seconds };
}

/**
 * Says a duration in words, in its two largest units: "1 hour 30 minutes", "2 days", "less than a minute".
 * @param milliseconds how long; rounded up to a whole minute from one minute on
 */
export function describeDuration(milliseconds: number): string {
  if (milliseconds < MINUTE * 1000) return 'less than a minute';
  const total = Math.ceil(milliseconds / 1000 / MINUTE) * MINUTE;
  const parts: Array<[number, string]> = [
    [Math.floor(total / DAY), 'day'],
    [Math.floor((total % DAY) / HOUR), 'hour'],
    [Math.floor((total % HOUR) / MINUTE), 'minute'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}
