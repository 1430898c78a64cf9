import type { Button, KnownBlock } from '@slack/types';
import type { DrawStatus } from '../../draw/status.ts';
import { assertNever } from '../../draw/types.ts';
import type { DrawRef } from '../draw-ref.ts';
import { DISPLAY, LIMITS } from './limits.ts';
import { gaveUpText } from './organising.ts';
import {
  actions,
  buttons,
  context,
  counted,
  header,
  literalSection,
  message,
  peopleEntered,
  section,
} from './parts.ts';
import { prizeList } from './prizes.ts';
import { closing } from './status.ts';
import { channelLink, type Message, type Mrkdwn, mrkdwn, shorten } from './text.ts';

const TRIED_AGAIN = 'It is tried again by itself, and each time this panel is opened.';

/** How many draws fit in a panel: each takes up to 6 of a message's 50 blocks, and over 900 of its characters. */
export const PANEL_DRAWS = 7;

/** Characters of the panel's own words, of a draw's beside its prizes, and of why nothing can be announced. */
const PANEL_TEXT = 600;
const DRAW_TEXT = 740;
const TROUBLE_TEXT = 200;

/** Characters of what keeps the bot itself from working. */
const PROBLEM_TEXT = 400;

/** One draw of the panel. */
export interface PanelDraw {
  readonly channel: string;
  readonly isHome: boolean;
  readonly status: DrawStatus;
  /** Why nothing can be announced at the moment. */
  readonly problem: string | undefined;
}

export interface PanelNotes {
  /** What the last press of a button came to. */
  readonly said: Mrkdwn | undefined;
  /** How many draws there are beside those that are shown. */
  readonly left: number;
  /** What keeps the bot itself from working as it should. */
  readonly problems: readonly string[];
}

/** The organisers' control panel: the state of each draw, with the buttons that make sense in it. */
export function controlPanel(draws: readonly PanelDraw[], now: Date, { said, left, problems }: PanelNotes): Message {
  const isOne = draws.length === 1;
  const isHomeAlone = isOne && draws[0]?.isHome === true;
  const words = PANEL_TEXT + problems.length * PROBLEM_TEXT;
  const room = (LIMITS.messageText - words) / Math.max(1, draws.length) - DRAW_TEXT - TROUBLE_TEXT;
  return message(
    said ?? mrkdwn`Prize draw: control panel`,
    header('Prize draw: control panel'),
    ...(said ? [section(said)] : []),
    ...problems.map((problem) => literalSection(`⚠️ ${shorten(problem, PROBLEM_TEXT)}`)),
    ...draws.flatMap((draw) => drawBlocks(draw, now, { isOne, room: Math.min(room, DISPLAY.list) })),
    ...(left > 0 ? [context(mrkdwn`… and ${counted(left, 'more draw')}: \`/prizedraw admin in #channel\``)] : []),
    ...(isHomeAlone ? [] : [actions(buttons.start())]),
  );
}

interface Place {
  /** Whether it is the only one in the panel. */
  readonly isOne: boolean;
  /** Characters that its prizes may have. */
  readonly room: number;
}

function drawBlocks({ channel, isHome, status, problem }: PanelDraw, now: Date, { isOne, room }: Place): KnownBlock[] {
  const offered = offeredFor(status, { channel, id: status.drawId || undefined }, isOne && isHome);
  const heading = isOne && isHome ? [] : [section(mrkdwn`*The draw in* ${channelLink(channel)}`)];
  return [
    ...heading,
    ...(problem === undefined
      ? []
      : [literalSection(`⚠️ Nothing can be announced at the moment. ${shorten(problem, TROUBLE_TEXT)} ${TRIED_AGAIN}`)]),
    ...standing(status, now),
    ...(status.prizes.length > 0 ? [prizeList(status.prizes, room)] : []),
    ...(offered.length > 0 ? [actions(...offered)] : []),
  ];
}

/** After a pick, the entrants have left and the prizes that are there are those that nobody won. */
function standing(status: DrawStatus, now: Date): KnownBlock[] {
  const state = stateText(status, now);
  if (status.state === 'DRAW_WON') {
    return [section(state), ...(status.prizes.length > 0 ? [section(mrkdwn`Prizes that nobody won:`)] : [])];
  }
  return status.state === 'NO_DRAW'
    ? [section(state)]
    : [section(mrkdwn`${state}\n👥 ${peopleEntered(status.entrants)}.`), ...lastPick(status)];
}

function lastPick({ gaveUp }: DrawStatus): KnownBlock[] {
  return gaveUp ? [section(gaveUpText(gaveUp.reason))] : [];
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

function offeredFor({ state, commitment }: DrawStatus, draw: DrawRef, maybeStart: boolean): readonly Button[] {
  const changes = [buttons.extend(draw), buttons.cancel(draw)];
  switch (state) {
    case 'NO_DRAW':
    case 'DRAW_WON':
      return maybeStart ? [buttons.start()] : [];
    case 'DRAW_CLOSED_NO_ENTRANTS':
      return [...(maybeStart ? [buttons.start()] : []), ...changes];
    case 'DRAW_OPEN_NO_ENTRANTS':
      return [buttons.close(draw), ...changes];
    case 'DRAW_OPEN_WITH_ENTRANTS':
      return [buttons.close(draw), buttons.pick(draw), ...changes];
    case 'DRAW_CLOSED_WITH_ENTRANTS':
      return commitment ? [] : [buttons.pick(draw), ...changes];
    default:
      return assertNever(state);
  }
}
