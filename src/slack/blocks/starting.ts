import type { PrizesResult } from '../../draw/prizes.ts';
import { assertNever } from '../../draw/types.ts';
import type { StartSyntax } from '../start-syntax.ts';
import { DISPLAY } from './limits.ts';
import { type Mrkdwn, mrkdwn, shorten } from './text.ts';

/** What is wrong with the prizes. */
export function prizesProblem(result: Exclude<PrizesResult, { kind: 'ok' }>): Mrkdwn {
  switch (result.kind) {
    case 'none':
      return mrkdwn`A draw needs at least one prize, such as /prizedraw start "A book" "A mug" for 30m.`;
    case 'twice': {
      const names = result.prizes.map((prize) => `“${shorten(prize, DISPLAY.prize)}”`).slice(0, 5);
      return mrkdwn`Given twice: ${names.join(', ')}. Each prize needs a name of its own, such as Mug 1 and Mug 2.`;
    }
    default:
      return assertNever(result);
  }
}

const EXAMPLE = '/prizedraw start "A book" "A mug" for 30m';

/** What is wrong with a `/prizedraw start …`. */
export function startSyntaxText(asked: Exclude<StartSyntax, { kind: 'ok' }>): Mrkdwn {
  const text = shorten(asked.text, DISPLAY.prize);
  switch (asked.kind) {
    case 'stray':
      return mrkdwn`“${text}” stands outside of the quotes, so no draw was started. Put each prize in quotes, as in ${EXAMPLE}.`;
    case 'not_a_duration':
      return mrkdwn`“${text}” is no duration, so no draw was started. Say for 30m, 2h, 1h30m or 2d, as in ${EXAMPLE}.`;
    case 'too_short':
      return mrkdwn`“${text}” is too short, so no draw was started. A draw takes entries for 1 minute at least.`;
    case 'too_long':
      return mrkdwn`“${text}” is too long, so no draw was started. A draw takes entries for 30 days at most.`;
    default:
      return assertNever(asked);
  }
}
