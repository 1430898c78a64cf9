import type { HowDrawn } from '../../announcements/desired.ts';
import type { Winner } from '../../draw/types.ts';
import { HOW_TEXT, howText } from './how-drawn.ts';
import { DISPLAY, LIMITS, WIDTHS } from './limits.ts';
import { BULLET } from './parts.ts';
import { listedPrizes } from './prizes.ts';
import { githubLink, join, type Mrkdwn, mention, mrkdwn, shorten, words } from './text.ts';

/** Characters that a message's `text` leaves for a list, beside our own sentences. */
const LIST_ROOM = 2_800;

/**
 * Prizes, a line for those of a kind, for a message's `text`; those for which there is no room are counted.
 * @param room characters that they may have
 */
export function prizesInWords(prizes: readonly string[], room: number = LIST_ROOM): Mrkdwn {
  const { lines, left } = listedPrizes(prizes);
  const shown = lines.map((line) => mrkdwn`${words(BULLET)}${shorten(line, DISPLAY.prize)}`);
  return lined(shown, 'prize', room, left);
}

/**
 * Who won what, one winner a line, for a message's `text`, which is what screen readers and phones read out; names and
 * prizes are shortened as far as its characters require.
 * @param how how they were drawn, where that is known: it comes last
 */
export function winnersInWords(winners: readonly Winner[], how: HowDrawn | undefined): Mrkdwn {
  const room = LIMITS.text - LIMITS.header - (how ? HOW_TEXT : 0);
  const renderings = WIDTHS.map((width) => winners.map((winner) => lineOf(winner, width)));
  const fits = (lines: readonly Mrkdwn[]): boolean => join(lines, '\n').mrkdwn.length <= room;
  const list = lined(renderings.find(fits) ?? renderings.at(-1) ?? [], 'winner', room);
  return how ? mrkdwn`${list}\n${howText(how)}` : list;
}

/** Name, GitHub ID and mention; a name that is but the ID is not said twice: then the ID is in its place. */
export function person({ name, login, member }: Winner, width: number, under = '\n'): Mrkdwn {
  const isSaid = name.trim().toLowerCase() === login.toLowerCase();
  const id = join([githubLink(login), ...(member === undefined ? [] : [mention(member)])], isSaid ? under : ' · ');
  return isSaid ? id : mrkdwn`${shorten(name, Math.min(width, DISPLAY.name))}${words(under)}${id}`;
}

function lineOf(winner: Winner, width: number): Mrkdwn {
  return mrkdwn`${words(BULLET)}${shorten(winner.prize, width)}: ${person(winner, width, ' · ')}`;
}

/**
 * As many lines as there is room for; what the others stand for is counted.
 * @param leftOf how many more there are than the first so many lines show
 */
function lined(
  lines: readonly Mrkdwn[],
  noun: string,
  room: number,
  leftOf: (shown: number) => number = (shown) => lines.length - shown,
): Mrkdwn {
  const shown: Mrkdwn[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.mrkdwn.length + 1;
    if (length > room) break;
    shown.push(line);
  }
  const left = leftOf(shown.length);
  if (left > 0) shown.push(words(`… and ${left.toLocaleString('en')} more ${noun}${left === 1 ? '' : 's'}`));
  return join(shown, '\n');
}
