import type { DurationResult } from '../../draw/duration.ts';
import { DISPLAY } from './limits.ts';
import { shorten } from './text.ts';

/** What is wrong with the time in `/prizedraw extend …`, in plain text. */
export function extendSyntaxText(kind: Exclude<DurationResult, { kind: 'ok' }>['kind'], typed: string): string {
  const text = shorten(typed, DISPLAY.prize);
  switch (kind) {
    case 'not_a_duration':
      return typed === ''
        ? 'By how much? Say it, as in /prizedraw extend 30m (or 2h, 1h30m, 2d).'
        : `“${text}” is no duration, so nothing was changed. Say by how much, as in /prizedraw extend 30m (or 2h, 1h30m, 2d).`;
    case 'too_short':
      return `“${text}” is too short, so nothing was changed. Extend the draw by 1 minute at least.`;
    case 'too_long':
      return `“${text}” is too long, so nothing was changed. A draw closes within 30 days from now.`;
  }
}

/**
 * That a `/prizedraw add …` or `drop …` is not as it should be, in plain text.
 * @param name which of the two
 */
export function prizesSyntaxText(name: 'add' | 'drop'): string {
  return `Nothing was changed. Put each prize in quotes and nothing else, as in /prizedraw ${name} "A mug" "A pen".`;
}

/** That whom to remove was not said, in plain text. */
export const REMOVE_SYNTAX =
  'Nothing was changed. Say whom to remove, as in /prizedraw remove octocat because it is a second account.';

/** That something else than a reason was said, in plain text. */
export const CANCEL_SYNTAX =
  'Nothing was cancelled. Type /prizedraw cancel alone, or say why: /prizedraw cancel because the hall is closed.';
