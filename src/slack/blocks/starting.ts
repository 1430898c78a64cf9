import type { PrizesResult } from '../../draw/prizes.ts';
import { assertNever } from '../../draw/types.ts';
import type { StartSyntax } from '../start-syntax.ts';
import { DISPLAY } from './limits.ts';
import { shorten } from './text.ts';

/** What is wrong with the prizes, in plain text: a dialog shows it at its field. */
export function prizesProblem(result: Exclude<PrizesResult, { kind: 'ok' }>): string {
  switch (result.kind) {
    case 'none':
      return `A draw needs at least one prize, such as /prizedraw start "A book" "A mug" for 30m.`;
    case 'twice': {
      const names = result.prizes.map((prize) => `“${shorten(prize, DISPLAY.prize)}”`).slice(0, 5);
      return `Given twice: ${names.join(', ')}. Each prize needs a name of its own, such as Mug 1 and Mug 2.`;
    }
    default:
      return assertNever(result);
  }
}

/** How a draw is started by typing. */
export const START_EXAMPLE = '/prizedraw start "A book" "A mug" for 30m';

/** What is wrong with a `/prizedraw start …`, in plain text. */
export function startSyntaxText(asked: Exclude<StartSyntax, { kind: 'ok' }>): string {
  const text = shorten(asked.text, DISPLAY.prize);
  switch (asked.kind) {
    case 'stray':
      return `“${text}” stands outside of the quotes, so no draw was started. Put each prize in quotes, as in ${START_EXAMPLE}.`;
    case 'not_a_duration':
      return `“${text}” is no duration, so no draw was started. Say for 30m, 2h, 1h30m or 2d, as in ${START_EXAMPLE}.`;
    case 'too_short':
      return `“${text}” is too short, so no draw was started. A draw takes entries for 1 minute at least.`;
    case 'too_long':
      return `“${text}” is too long, so no draw was started. A draw takes entries for 30 days at most.`;
    default:
      return assertNever(asked);
  }
}
