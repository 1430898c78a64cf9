import type { KnownBlock } from '@slack/types';
import type { DrawStatus } from '../../draw/status.ts';
import { prizesNamed } from './last-change.ts';
import { LIMITS } from './limits.ts';
import { context, counted, grouped, message, note, peopleEntered, section } from './parts.ts';
import { closing } from './status.ts';
import { channelLink, type Message, type Mrkdwn, mrkdwn } from './text.ts';

/** A draw that is on. */
export interface DrawOn {
  readonly channel: string;
  readonly status: DrawStatus;
}

/** Characters of all draws together; the rest is for the first line and the last. */
const TEXT = LIMITS.messageText - 300;

/**
 * Every draw that is on, as many as a message holds.
 * @param more how many there are beside those that are given
 */
export function drawsAnswer(draws: readonly DrawOn[], more: number, now: Date): Message {
  if (draws.length === 0) return note(mrkdwn`No draw is on at the moment. Watch the announcements for the next one.`);
  const lines = draws.map((draw) => drawText(draw, now));
  const fits = (some: readonly Mrkdwn[]): boolean =>
    some.length <= LIMITS.messageBlocks - 2 && some.reduce((sum, { mrkdwn: text }) => sum + text.length, 0) <= TEXT;
  const [shown = []] = grouped(lines, fits, 1);
  const left = more + lines.length - shown.length;
  const said = mrkdwn`*${counted(draws.length + more, 'draw')}:*`;
  return message(
    said,
    section(said),
    ...shown.map((text): KnownBlock => section(text)),
    context(
      left > 0
        ? mrkdwn`… and ${counted(left, 'more draw')}. Ask about one: \`/prizedraw status in #channel\``
        : mrkdwn`Enter one: \`/prizedraw enter your-github-id in #channel\``,
    ),
  );
}

function drawText({ channel, status }: DrawOn, now: Date): Mrkdwn {
  const { prizes, entrants } = status;
  const named = prizes.length === 0 ? mrkdwn`` : mrkdwn`: ${prizesNamed(prizes)}`;
  return mrkdwn`🎁 ${channelLink(channel)}  ${standing(status, now)}\n${counted(prizes.length, 'prize')}${named}\n👥 ${peopleEntered(entrants)}`;
}

function standing(status: DrawStatus, now: Date): Mrkdwn {
  if (status.commitment) return mrkdwn`*The winners are being picked.*`;
  if (status.state.startsWith('DRAW_OPEN')) return mrkdwn`*Open.* ${closing(status, now)}`;
  return mrkdwn`*Closed.* The winners have not been picked yet.`;
}
