import type { CloseOutcome } from '../../draw/close.ts';
import type { GaveUp } from '../../draw/gave-up.ts';
import type { PickOutcome } from '../../draw/pick.ts';
import type { StartOutcome } from '../../draw/start.ts';
import { assertNever, type DrawState } from '../../draw/types.ts';
import { counted, peopleEntered } from './parts.ts';
import { drandLink, type Mrkdwn, mrkdwn } from './text.ts';

/** The step was asked for somewhere else than in the organisers' channel; nothing has changed. */
export interface NotAllowed {
  readonly kind: 'not_allowed';
}

/** Why nothing was done. */
export function notAllowedText(): Mrkdwn {
  return mrkdwn`Only organisers can do that, in their own channel. If you are one, try again there.`;
}

/** This process has other settings than those in use; nothing has changed. */
export function outOfServiceText(): Mrkdwn {
  return mrkdwn`This copy of the bot is out of service: its settings are not those in use. Try again in a minute. If that does not help, tell an organiser: \`/prizedraw admin\` says what is wrong.`;
}

/** A button or dialog was shown for a draw that is over; nothing has changed. */
export function overText(): Mrkdwn {
  return mrkdwn`That draw is over, and another one has begun since: nothing was done. See how things stand with \`/prizedraw status\`.`;
}

/** What an organiser who started a draw is told. */
export function startText(outcome: StartOutcome | NotAllowed): Mrkdwn {
  switch (outcome.kind) {
    case 'started':
      return mrkdwn`🎁 The draw is open and is being announced. See how it goes with \`/prizedraw admin\`.`;
    case 'refused':
      return outcome.state === 'DRAW_CLOSED_WITH_ENTRANTS'
        ? mrkdwn`The last draw has closed, but its winners have not been picked yet. Pick them first (/prizedraw pick), then start a new draw.`
        : mrkdwn`A draw is already open. Close it (/prizedraw close) and pick its winners first.`;
    case 'not_allowed':
      return notAllowedText();
    default:
      return assertNever(outcome);
  }
}

/** What an organiser who closed the draw is told. */
export function closeText(outcome: CloseOutcome | NotAllowed): Mrkdwn {
  switch (outcome.kind) {
    case 'closed':
      return outcome.entrants === 0
        ? mrkdwn`🔒 The draw is closed. ${peopleEntered(0).replace(' yet', '')}, so there is nobody to pick; you can start a new draw.`
        : mrkdwn`🔒 The draw is closed. ${peopleEntered(outcome.entrants)}. Pick the winners with \`/prizedraw pick\`.`;
    case 'not_open':
      return notOpenText(outcome.state);
    case 'another_draw':
      return overText();
    case 'not_allowed':
      return notAllowedText();
    default:
      return assertNever(outcome);
  }
}

/** The winners are being picked, once a round of the beacon is there. */
export interface DrawingNow {
  readonly kind: 'drawing';
  readonly entrants: number;
  readonly round: number;
  /** The ID of the draw. */
  readonly draw: string;
}

/** What an organiser who picked the winners is told. */
export function pickText(outcome: PickOutcome | DrawingNow | NotAllowed): Mrkdwn {
  switch (outcome.kind) {
    case 'drawing':
      return mrkdwn`🎲 Drawing from ${counted(outcome.entrants, 'entrant')} with ${drandLink(outcome.round)}. The winners will be announced in a few seconds.`;
    case 'picked':
      return mrkdwn`🏆 Picked ${counted(outcome.wins.length, 'winner')} from ${counted(outcome.entrants, 'entrant')}. They are being announced.`;
    case 'refused':
      return notPickableText(outcome.state);
    case 'picked_elsewhere':
      return mrkdwn`Another program is picking the winners of this draw right now, so nothing was done here. They will be announced as soon as it has finished; should it have stopped halfway, try again in a minute.`;
    case 'another_draw':
      return overText();
    case 'newer_pick':
      return mrkdwn`A newer version of this bot is picking the winners of this draw, so nothing was done here. They will be announced in a few seconds; if not, try again in a minute.`;
    case 'gone':
      return gaveUpText('unreadable');
    case 'too_busy':
      return mrkdwn`Another program keeps changing the draw, so no winners have been picked. Nothing is lost; try again in a minute.`;
    case 'not_allowed':
      return notAllowedText();
    default:
      return assertNever(outcome);
  }
}

/** Why a pick that was under way was given up, and what to do. */
export function gaveUpText(reason: GaveUp['reason']): Mrkdwn {
  switch (reason) {
    case 'changed':
      return mrkdwn`⚠️ *The pick was given up:* another program kept changing the draw. Nobody has won; pick again once that program has finished.`;
    case 'unreadable':
      return mrkdwn`⚠️ *The pick was given up:* a newer version of this bot had begun it, and has gone. Nobody has won; pick again.`;
    case 'unknown':
      return mrkdwn`⚠️ *The pick was given up.* Nobody has won; pick again.`;
    default:
      return assertNever(reason);
  }
}

/** What has become of a pick that was asked for, and has not brought winners. */
export type PickTrouble =
  | { readonly kind: 'gave_up'; readonly reason: GaveUp['reason'] }
  /** Another draw has begun in its channel. */
  | { readonly kind: 'replaced' }
  /** An organiser cancelled it, after the pick had been withdrawn. */
  | { readonly kind: 'cancelled' }
  /** It is still under way; whether Redis answers. */
  | { readonly kind: 'late'; readonly isRedisAway: boolean };

/** What whoever asked for a pick is told later, where no winners came. */
export function pickTroubleText(trouble: PickTrouble): Mrkdwn {
  switch (trouble.kind) {
    case 'gave_up':
      return gaveUpText(trouble.reason);
    case 'replaced':
      return mrkdwn`⚠️ *The pick came to nothing:* another program has begun another draw in that channel. Nobody has won. See how things stand with \`/prizedraw admin\`.`;
    case 'cancelled':
      return mrkdwn`The pick came to nothing: the draw was cancelled meanwhile. See how things stand with \`/prizedraw admin\`.`;
    case 'late':
      return trouble.isRedisAway
        ? mrkdwn`⚠️ *The pick has not come to its end yet:* Redis does not answer. It goes on by itself once Redis is back, and nothing is lost. Whoever runs the bot finds more in its log.`
        : mrkdwn`⚠️ *The pick has not come to its end yet.* It goes on by itself, and nothing is lost. See how it stands with \`/prizedraw admin\`.`;
    default:
      return assertNever(trouble);
  }
}

function notOpenText(state: DrawState): Mrkdwn {
  switch (state) {
    case 'DRAW_CLOSED_NO_ENTRANTS':
      return mrkdwn`The draw is closed already. Nobody entered; you can start a new draw.`;
    case 'DRAW_CLOSED_WITH_ENTRANTS':
      return mrkdwn`The draw is closed already. Pick the winners with \`/prizedraw pick\`.`;
    case 'DRAW_WON':
      return mrkdwn`The draw is over and the winners are out. Start a new draw with \`/prizedraw start\`.`;
    default:
      return mrkdwn`No draw is running. Start one with \`/prizedraw start\`.`;
  }
}

function notPickableText(state: DrawState): Mrkdwn {
  switch (state) {
    case 'DRAW_OPEN_NO_ENTRANTS':
      return mrkdwn`Nobody has entered yet, so there is nobody to pick. The draw stays open.`;
    case 'DRAW_OPEN_WITH_ENTRANTS':
      return mrkdwn`The draw has no prizes left to win. Close it (/prizedraw close) and start a new one.`;
    case 'DRAW_CLOSED_NO_ENTRANTS':
      return mrkdwn`Nobody entered, so there is nobody to pick. Start a new draw with \`/prizedraw start\`.`;
    case 'DRAW_WON':
      return mrkdwn`The winners are out already. See them with \`/prizedraw winners\`.`;
    default:
      return mrkdwn`No draw is running. Start one with \`/prizedraw start\`.`;
  }
}
