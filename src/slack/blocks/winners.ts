import type { KnownBlock } from '@slack/types';
import type { Content, HowDrawn } from '../../announcements/desired.ts';
import type { Winner } from '../../draw/types.ts';
import { HOW_TEXT, howText } from './how-drawn.ts';
import { person, winnersInWords } from './in-words.ts';
import { DISPLAY, LIMITS, WIDTHS } from './limits.ts';
import { avatar, boldBlock, context, counted, grouped, header, message, note, section } from './parts.ts';
import { bold, type Message, type Mrkdwn, mrkdwn, shorten, words } from './text.ts';

/** One message of the announcement of the winners. */
export interface WinnersPage {
  readonly winners: readonly Winner[];
  /** Which message it is, from 0. */
  readonly page: number;
  /** How many messages there are. */
  readonly pages: number;
  /** How many winners there are in all messages. */
  readonly total: number;
  /** How many entrants organisers had removed; absent: none, or another message says so. */
  readonly removed?: number;
  /** Anything but whole is without avatars. */
  readonly look?: Content['look'];
}

/**
 * One message of the announcement of the winners; the first says how they were drawn.
 * @param how how they were drawn, where that is known
 */
export function winnersMessage(of: WinnersPage, how?: HowDrawn): Message {
  const { winners, page, pages, total, look, removed = 0 } = of;
  const part = pages > 1 ? ` (${page + 1} of ${pages})` : '';
  const said = winnersInWords(winners, page === 0 ? how : undefined);
  const blocks = fitted(winners, LIMITS.messageText - LIMITS.header - HOW_TEXT, look === undefined);
  if (page > 0) {
    return message(
      mrkdwn`More winners of the prize draw${words(part)}:\n${said}`,
      header(`🏆 More winners${part}`),
      ...blocks,
    );
  }
  return message(
    mrkdwn`The winners of the prize draw are out: ${counted(total, 'winner')}${words(part)}.${removed > 0 ? mrkdwn` ${removedText(removed)}` : words('')}\n${said}`,
    header(`🏆 And the winners are…${part}`),
    ...(how ? [context(howText(how))] : []),
    ...(removed > 0 ? [context(removedText(removed))] : []),
    ...blocks,
  );
}

/** Organisers may keep somebody out before a pick: that is said, so that nobody has to ask. */
function removedText(count: number): Mrkdwn {
  const were = words(count === 1 ? 'was' : 'were');
  return mrkdwn`${counted(count, 'entrant')} ${were} removed by the organisers beforehand.`;
}

/**
 * The winners for one person who asks, at most as many messages as one request may be answered with: here as many to a
 * message as Slack takes.
 * @param logins what this person entered in the draw, to tell them whether they won
 */
export function winnersAnswer(winners: readonly Winner[], logins: readonly string[]): readonly Message[] {
  if (winners.length === 0) return [note(mrkdwn`No winners yet. See how the draw stands with \`/prizedraw status\`.`)];
  const mine = winners.find(({ login }) => logins.includes(login));
  const greeting = mine
    ? mrkdwn`🎉 *You won!* All the winners of the last draw:`
    : mrkdwn`*The winners of the last draw:*`;
  const top = section(mrkdwn`${greeting}\nWatch the announcements for the next draw.`);
  const pages = answerPages(winners.map((winner) => winnerBlocks(winner, DISPLAY.prize)));
  const left = winners.length - pages.flat().length;
  return pages.map((page, index) =>
    message(
      mrkdwn`${greeting} ${counted(winners.length, 'winner')}.`,
      ...(index === 0 ? [top] : []),
      ...page.flat(),
      ...(index === pages.length - 1 && left > 0 ? [context(mrkdwn`… and ${counted(left, 'more winner')}.`)] : []),
    ),
  );
}

/** The first message has a heading. All of them may have to go to the response address. */
function answerPages(each: readonly Blocks[]): readonly (readonly Blocks[])[] {
  const fits = (page: readonly Blocks[], index: number): boolean =>
    page.flat().length <= LIMITS.messageBlocks - (index === 0 ? 1 : 0) && textLength(page) <= ANSWER_TEXT;
  const pages = grouped(each, fits, LIMITS.responses);
  if (pages.flat().length === each.length) return pages;
  // The last has a line about those that do not fit.
  return [...pages.slice(0, -1), (pages.at(-1) ?? []).slice(0, -1)];
}

/** Characters of the winners in one message of an answer; the rest is for its heading and its last line. */
const ANSWER_TEXT = LIMITS.messageText - 200;

type Blocks = readonly KnownBlock[];

/** The winners of one message, names and prizes shortened as far as the message's characters require. */
function fitted(winners: readonly Winner[], room: number, hasAvatars: boolean): Blocks {
  const renderings = WIDTHS.map((width) => winners.map((winner) => winnerBlocks(winner, width, hasAvatars)));
  return (renderings.find((each) => textLength(each) <= room) ?? renderings.at(-1) ?? []).flat();
}

/** A winner: the prize in bold, the person under it, the avatar beside. */
function winnerBlocks(winner: Winner, width: number, hasAvatar = true): Blocks {
  const prize = shorten(winner.prize, width);
  const inBold = bold(prize);
  const who = person(winner, width);
  const beside = hasAvatar ? { accessory: avatar(winner) } : {};
  if (inBold === undefined) return [boldBlock(prize), { ...section(who), ...beside }];
  return [{ ...section(mrkdwn`${inBold}\n${who}`), ...beside }];
}

/** The characters of all texts of blocks together. */
function textLength(each: readonly Blocks[]): number {
  return each.flat().reduce((sum, block) => sum + characters(block), 0);
}

function characters(block: KnownBlock): number {
  if (block.type === 'section') return block.text?.text.length ?? 0;
  return block.type === 'rich_text' ? DISPLAY.prize : 0;
}
