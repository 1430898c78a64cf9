import type { Button, KnownBlock } from '@slack/types';
import type { DrawStatus } from '../../draw/status.ts';
import { assertNever } from '../../draw/types.ts';
import { actions, BUTTONS, header, list, literalSection, message, peopleEntered, section } from './parts.ts';
import { closing } from './status.ts';
import { type Message, type Mrkdwn, mrkdwn } from './text.ts';

const TRIED_AGAIN = 'It is tried again by itself, and each time this panel is opened.';

/**
 * The organisers' control panel: the state, with the buttons that make sense in it.
 * @param said what the last press of a button came to
 * @param problem why nothing can be announced at the moment
 */
export function controlPanel(status: DrawStatus, now: Date, said?: Mrkdwn, problem?: string): Message {
  const offered = buttons(status);
  return message(
    said ?? mrkdwn`Prize draw: control panel`,
    header('Prize draw: control panel'),
    ...(said ? [section(said)] : []),
    ...(problem === undefined
      ? []
      : [literalSection(`⚠️ Nothing can be announced at the moment. ${problem} ${TRIED_AGAIN}`)]),
    ...standing(status, now),
    ...(status.prizes.length > 0 ? [list(status.prizes, 'prizes')] : []),
    ...(offered.length > 0 ? [actions(...offered)] : []),
  );
}

/** After a pick, the entrants have left and the prizes that are there are those that nobody won. */
function standing(status: DrawStatus, now: Date): KnownBlock[] {
  const state = stateText(status, now);
  if (status.state === 'DRAW_WON') {
    return [section(state), ...(status.prizes.length > 0 ? [section(mrkdwn`Prizes that nobody won:`)] : [])];
  }
  return status.state === 'NO_DRAW'
    ? [section(state)]
    : [section(mrkdwn`${state}\n👥 ${peopleEntered(status.entrants)}.`)];
}

function stateText(status: DrawStatus, now: Date): Mrkdwn {
  switch (status.state) {
    case 'NO_DRAW':
      return mrkdwn`*No draw is running.*`;
    case 'DRAW_OPEN_NO_ENTRANTS':
    case 'DRAW_OPEN_WITH_ENTRANTS':
      return mrkdwn`*The draw is open.* ${closing(status, now)}`;
    case 'DRAW_CLOSED_NO_ENTRANTS':
      return mrkdwn`*The draw is closed.* Nobody can enter any more.`;
    case 'DRAW_CLOSED_WITH_ENTRANTS':
      if (status.commitment) return mrkdwn`*The winners are being picked.* This takes a few seconds.`;
      return mrkdwn`*The draw is closed.* The winners are yet to be picked.`;
    case 'DRAW_WON':
      return mrkdwn`*The winners are out.* See them with \`/prizedraw winners\`.`;
    default:
      return assertNever(status.state);
  }
}

function buttons({ state, commitment }: DrawStatus): readonly Button[] {
  switch (state) {
    case 'NO_DRAW':
    case 'DRAW_CLOSED_NO_ENTRANTS':
    case 'DRAW_WON':
      return [BUTTONS.start];
    case 'DRAW_OPEN_NO_ENTRANTS':
      return [BUTTONS.close];
    case 'DRAW_OPEN_WITH_ENTRANTS':
      return [BUTTONS.close, BUTTONS.pick];
    case 'DRAW_CLOSED_WITH_ENTRANTS':
      return commitment ? [] : [BUTTONS.pick];
    default:
      return assertNever(state);
  }
}
