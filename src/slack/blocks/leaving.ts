import type { LeaveOutcome } from '../../draw/leave.ts';
import { assertNever, type NotOpenState } from '../../draw/types.ts';
import { overText } from './organising.ts';
import { list, message, note, section } from './parts.ts';
import { type Message, type Mrkdwn, mrkdwn } from './text.ts';

/**
 * What somebody who takes an entry back is told.
 * @param asked the login that they named
 */
export function leaveAnswer(outcome: LeaveOutcome, asked: string | undefined): Message {
  switch (outcome.kind) {
    case 'left':
      return note(
        mrkdwn`👋 You have left the draw: ${outcome.login} is out. While it is open, you can enter again: \`/prizedraw enter your-github-id\`.`,
      );
    case 'not_in':
      return note(
        asked === undefined
          ? mrkdwn`You have not entered this draw, so there is nothing to take back. See how it stands with \`/prizedraw status\`.`
          : mrkdwn`${asked} is not in the draw, so there is nothing to take back. See how it stands with \`/prizedraw status\`.`,
      );
    case 'not_yours':
      return note(
        mrkdwn`${asked ?? 'That GitHub ID'} was not entered by you, so nothing was changed. If it is yours, ask an organiser.`,
      );
    case 'several': {
      const [first = 'your-github-id'] = outcome.logins;
      const said = mrkdwn`You have entered several GitHub IDs. Say which to take back, as in \`/prizedraw leave ${first}\`.`;
      return message(said, section(said), list(outcome.logins, 'IDs'));
    }
    case 'not_open':
      return note(notOpenText(outcome.state));
    case 'another_draw':
      return note(overText());
    default:
      return assertNever(outcome);
  }
}

function notOpenText(state: NotOpenState): Mrkdwn {
  switch (state) {
    case 'NO_DRAW':
      return mrkdwn`No draw is running at the moment, so there is none to leave. Watch the announcements for the next one.`;
    case 'DRAW_CLOSED_NO_ENTRANTS':
    case 'DRAW_CLOSED_WITH_ENTRANTS':
      return mrkdwn`The draw is closed, so entries stay as they are. If yours should not take part, ask an organiser soon.`;
    case 'DRAW_WON':
      return mrkdwn`The draw is over and the winners are out. See them with \`/prizedraw winners\`.`;
    default:
      return assertNever(state);
  }
}
