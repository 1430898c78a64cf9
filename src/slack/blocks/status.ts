import type { KnownBlock, SectionBlock } from '@slack/types';
import { describeDuration } from '../../draw/duration.ts';
import type { DrawStatus } from '../../draw/status.ts';
import { assertNever, type DrawState, type Win } from '../../draw/types.ts';
import type { DrawRef } from '../draw-ref.ts';
import { DISPLAY, LIMITS } from './limits.ts';
import {
  actions,
  BULLET,
  buttons,
  context,
  counted,
  grouped,
  message,
  named,
  note,
  peopleEntered,
  section,
} from './parts.ts';
import { listedPrizes, prizeList } from './prizes.ts';
import { date, literal, type Message, type Mrkdwn, mrkdwn, shorten } from './text.ts';

/**
 * How the draw stands, for one person.
 * @param draw which draw it is
 * @param won what this person has won
 * @param now the time, to say when the draw closes
 */
export function statusAnswer(status: DrawStatus, draw: DrawRef, won: readonly Win[], now: Date): Message {
  switch (status.state) {
    case 'NO_DRAW':
      return note(mrkdwn`No draw is running at the moment. Watch the announcements for the next one.`);
    case 'DRAW_OPEN_NO_ENTRANTS':
    case 'DRAW_OPEN_WITH_ENTRANTS':
      return message(
        mrkdwn`A prize draw is open. ${closing(status, now)}`,
        section(mrkdwn`🎁 *A prize draw is open.* ${closing(status, now)}`),
        prizeList(status.prizes),
        section(mrkdwn`👥 ${peopleEntered(status.entrants)}. ${standing(status)}`),
        actions(status.entered.length > 0 ? buttons.leave(draw) : buttons.enter(draw)),
      );
    case 'DRAW_CLOSED_NO_ENTRANTS':
      return message(
        mrkdwn`The prize draw is closed.`,
        section(mrkdwn`🔒 *The prize draw is closed.*`),
        prizeList(status.prizes),
        section(mrkdwn`👥 Nobody has entered, so nobody wins. Watch the announcements for the next draw.`),
      );
    case 'DRAW_CLOSED_WITH_ENTRANTS':
      return message(
        mrkdwn`The prize draw is closed.`,
        section(mrkdwn`🔒 *The prize draw is closed.* The winners have not been picked yet.`),
        prizeList(status.prizes),
        section(mrkdwn`👥 ${peopleEntered(status.entrants).replace(' yet', '')}. ${closedStanding(status)}`),
      );
    case 'DRAW_WON':
      return message(mrkdwn`The draw is over and the winners are out.`, ...wonBlocks(won));
    default:
      return assertNever(status.state);
  }
}

const allWonText = mrkdwn`Every prize has been won. See by whom with \`/prizedraw winners\`.`;

/** The prizes of the draw, for one person: each kind of them whole, as many as the messages of an answer hold. */
export function prizesAnswer({ state, prizes }: DrawStatus): readonly Message[] {
  if (state === 'NO_DRAW') return [note(mrkdwn`No draw is running, so there are no prizes. Watch the announcements.`)];
  if (prizes.length === 0) return [note(state === 'DRAW_WON' ? allWonText : mrkdwn`This draw has no prizes.`)];
  const fits = (lines: readonly string[]): boolean => lines.join('\n').length <= PRIZES_TEXT;
  const listed = listedPrizes(prizes);
  const pages = grouped(listed.lines.map(prizeLine), fits, LIMITS.responses);
  const left = listed.left(pages.flat().length);
  const rest = left > 0 ? mrkdwn`… and ${counted(left, 'more prize')}. ` : mrkdwn``;
  return pages.map((lines, index) => {
    const title = index === 0 ? prizesTitle(state) : mrkdwn`*More prizes:*`;
    const last = index === pages.length - 1 ? [context(mrkdwn`${rest}${nextText(state)}`)] : [];
    return message(title, section(title), ...paragraphs(lines), ...last);
  });
}

/** Characters of the prizes in one message; the rest is for its title and its last line. */
const PRIZES_TEXT = LIMITS.messageText - 200;

function prizesTitle(state: DrawState): Mrkdwn {
  return state === 'DRAW_WON' ? mrkdwn`*Prizes that nobody won:*` : mrkdwn`*Prizes to win:*`;
}

/** A prize, whole; the longest that the bot takes is as long as a paragraph can be, which leaves no room for a bullet. */
function prizeLine(prize: string): string {
  const whole = shorten(prize, LIMITS.sectionText);
  return whole.length > LIMITS.sectionText - BULLET.length ? whole : `${BULLET}${whole}`;
}

/** Lines as paragraphs of plain text, a very long line as one by itself. */
function paragraphs(lines: readonly string[]): readonly SectionBlock[] {
  return grouped(lines, (some) => some.join('\n').length <= DISPLAY.list).map((some) => ({
    type: 'section',
    text: { type: 'plain_text', text: some.join('\n'), emoji: false },
    expand: true,
  }));
}

function nextText(state: DrawState): Mrkdwn {
  if (state.startsWith('DRAW_OPEN')) return mrkdwn`Enter with \`/prizedraw enter your-github-id\`.`;
  return mrkdwn`Watch the announcements for the ${state === 'DRAW_CLOSED_WITH_ENTRANTS' ? 'winners' : 'next draw'}.`;
}

/** When the draw closes. */
export function closing({ closesIn }: DrawStatus, now: Date): Mrkdwn {
  if (closesIn === undefined) return mrkdwn`It stays open until an organiser closes it.`;
  return mrkdwn`It closes in ${describeDuration(closesIn)}, ${date(new Date(now.getTime() + closesIn))}.`;
}

function standing({ entered }: DrawStatus): Mrkdwn {
  return entered.length > 0
    ? mrkdwn`You are in, as ${named(entered)}.`
    : mrkdwn`You have not entered here yet: press the button, or type \`/prizedraw enter your-github-id\`.`;
}

function closedStanding({ entered }: DrawStatus): Mrkdwn {
  return entered.length > 0
    ? mrkdwn`You are in, as ${named(entered)}. Watch the announcements.`
    : mrkdwn`You have not entered here. Watch the announcements for the winners.`;
}

function wonBlocks(won: readonly Win[]): KnownBlock[] {
  const over = section(mrkdwn`🏆 *The draw is over and the winners are out.* See them with \`/prizedraw winners\`.`);
  if (won.length === 0) return [over];
  const prizes = named(won.map(({ prize }) => shorten(prize, DISPLAY.prize)));
  return [over, { type: 'section', text: literal(`🎉 You won: ${prizes}`, DISPLAY.list) }];
}
