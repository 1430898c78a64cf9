import type { AddPrizesOutcome } from '../../draw/add-prizes.ts';
import type { CancelOutcome } from '../../draw/cancel.ts';
import type { DropPrizesOutcome } from '../../draw/drop-prizes.ts';
import { describeDuration } from '../../draw/duration.ts';
import type { ExtendOutcome } from '../../draw/extend.ts';
import type { NotChangeable } from '../../draw/not-changeable.ts';
import { MAX_PRIZES } from '../../draw/prizes.ts';
import { assertNever } from '../../draw/types.ts';
import { prizesNamed } from './last-change.ts';
import { type NotAllowed, notAllowedText, overText } from './organising.ts';
import { counted } from './parts.ts';
import { date, type Mrkdwn, mrkdwn } from './text.ts';

/** Why a draw was not changed. */
export function notChangeableText(outcome: NotChangeable | NotAllowed): Mrkdwn {
  switch (outcome.kind) {
    case 'refused':
      return outcome.state === 'DRAW_WON'
        ? mrkdwn`The draw is over and the winners are out, so nothing was changed. Start a new draw with \`/prizedraw start\`.`
        : mrkdwn`No draw is running, so there is nothing to change. Start one with \`/prizedraw start\`.`;
    case 'being_picked':
      return mrkdwn`The winners of this draw are being picked: who takes part, and for what, is fixed. So nothing was changed.`;
    case 'picked_elsewhere':
      return mrkdwn`Another program is picking the winners of this draw right now, so nothing was changed. Should it have stopped halfway, try again in a minute.`;
    case 'another_draw':
      return overText();
    case 'not_allowed':
      return notAllowedText();
    default:
      return assertNever(outcome);
  }
}

/** What an organiser is told who gave a draw more time. */
export function extendText(outcome: ExtendOutcome | NotAllowed): Mrkdwn {
  switch (outcome.kind) {
    case 'later':
      return mrkdwn`🕒 The draw closes later: ${date(outcome.closesAt)}.`;
    case 'timed':
      return mrkdwn`🕒 The draw has a closing time now: ${date(outcome.closesAt)}.`;
    case 'reopened':
      return mrkdwn`🎁 The draw is open again, until ${date(outcome.closesAt)}.`;
    case 'too_long': {
      const left =
        outcome.closesIn > 0 ? mrkdwn` It closes in ${describeDuration(outcome.closesIn)} as it is.` : mrkdwn``;
      return mrkdwn`A draw closes within 30 days from now, so nothing was changed.${left} Extend it by less.`;
    }
    default:
      return notChangeableText(outcome);
  }
}

/** What an organiser is told who added prizes. */
export function addText(outcome: AddPrizesOutcome | NotAllowed, prizes: readonly string[]): Mrkdwn {
  switch (outcome.kind) {
    case 'added':
      return mrkdwn`🎁 Added: ${prizesNamed(prizes)}. The draw has ${counted(outcome.count, 'prize')} now.`;
    case 'there':
      return mrkdwn`Already in this draw: ${prizesNamed(outcome.prizes)}. So nothing was added. Each prize needs a name of its own, such as Mug 1 and Mug 2.`;
    case 'too_many':
      return mrkdwn`A draw has ${MAX_PRIZES} prizes at most, and this one has ${outcome.count} already, so nothing was added.`;
    default:
      return notChangeableText(outcome);
  }
}

/** What an organiser is told who took prizes out. */
export function dropText(outcome: DropPrizesOutcome | NotAllowed, prizes: readonly string[]): Mrkdwn {
  switch (outcome.kind) {
    case 'dropped':
      return mrkdwn`Dropped: ${prizesNamed(prizes)}. The draw has ${counted(outcome.count, 'prize')} now.`;
    case 'not_there':
      return mrkdwn`No prize of this draw: ${prizesNamed(outcome.prizes)}. So nothing was dropped. See what there is with \`/prizedraw prizes\`.`;
    case 'last':
      return mrkdwn`A draw needs at least one prize, so nothing was dropped. To end it without winners: \`/prizedraw cancel\`.`;
    default:
      return notChangeableText(outcome);
  }
}

/** What an organiser is told who cancelled a draw. */
export function cancelText(outcome: CancelOutcome | NotAllowed): Mrkdwn {
  return outcome.kind === 'cancelled'
    ? mrkdwn`🚫 The draw is cancelled: nobody wins, and its announcement says so. You can start a new draw with \`/prizedraw start\`.`
    : notChangeableText(outcome);
}
