import type { RemoveOutcome } from '../../draw/remove.ts';
import { assertNever } from '../../draw/types.ts';
import type { Told } from '../direct-messages.ts';
import { notChangeableText } from './changing.ts';
import { DISPLAY } from './limits.ts';
import type { NotAllowed } from './organising.ts';
import { literalSection, message, section } from './parts.ts';
import { channelLink, type Message, type Mrkdwn, mrkdwn, shorten } from './text.ts';

/**
 * What an organiser is told who removed an entrant.
 * @param told whether the member who had entered it was told; undefined: it is not known who did
 */
export function removeText(outcome: RemoveOutcome | NotAllowed, login: string, told: Told | undefined): Mrkdwn {
  switch (outcome.kind) {
    case 'removed':
      return mrkdwn`${login} is out of the draw, and cannot be entered in it again. ${toldText(told)}`;
    case 'not_in':
      return mrkdwn`${login} is not in the draw, so nothing was changed. See who is with \`/prizedraw entrants\`.`;
    case 'removed_before':
      return mrkdwn`${login} was removed from this draw before, and is not in it.`;
    default:
      return notChangeableText(outcome);
  }
}

function toldText(told: Told | undefined): Mrkdwn {
  switch (told?.kind) {
    case undefined:
      return mrkdwn`Nobody was told: who entered it did not do so through Slack.`;
    case 'told':
      return mrkdwn`Whoever entered it was told by a direct message.`;
    case 'refused':
      return mrkdwn`Slack took no direct message to whoever entered it (${told.code}), so tell them yourself.`;
    case 'unsure':
      return mrkdwn`Slack did not answer, so a direct message to whoever entered it may not have arrived. Tell them yourself.`;
    default:
      return assertNever(told);
  }
}

/** The direct message to the member whose entry an organiser removed. */
export function removedMessage(login: string, channel: string, reason: string): Message {
  const said = mrkdwn`An organiser has taken your entry ${login} out of the draw in ${channelLink(channel)}. It cannot be entered in that draw again. If you think that is a mistake, ask an organiser.`;
  const why = shorten(reason, DISPLAY.reason);
  return reason === ''
    ? message(said, section(said))
    : message(mrkdwn`${said}\nReason: ${why}`, section(said), literalSection(`Reason: ${why}`));
}
