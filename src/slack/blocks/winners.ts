import type { SectionBlock } from '@slack/types';
import type { Winner } from '../../draw/types.ts';
import { DISPLAY, LIMITS } from './limits.ts';
import { avatar, context, counted, header, message, note, section } from './parts.ts';
import { drandLink, githubLink, literal, type Message, type Mrkdwn, mention, mrkdwn, words } from './text.ts';

/** How winners were drawn. */
export interface HowDrawn {
  readonly by: 'drand' | 'local' | 'spop';
  /** The beacon was to decide, but could not be reached. */
  readonly isFallback: boolean;
  readonly round: number | null;
  readonly entrants: number;
  readonly digest: string;
  /** Whether the numbers of the draw were posted before its round existed; null: none had to be. */
  readonly inTime: boolean | null;
}

/**
 * The announcement of the winners, in as few messages as Slack's limit of blocks allows, in the order given.
 * @param how how they were drawn, where that is known
 */
export function winnersAnnouncement(winners: readonly Winner[], how?: HowDrawn): readonly Message[] {
  const note = how ? [context(howText(how))] : [];
  const room = LIMITS.messageBlocks - 1 - note.length;
  const [first = [], ...more] = chunk(winners, room, LIMITS.messageBlocks).map(winnerBlocks);
  const many = counted(winners.length, 'winner');
  return [
    message(
      mrkdwn`The winners of the prize draw are out: ${many}.`,
      header('🏆 And the winners are…'),
      ...note,
      ...first,
    ),
    ...more.map((blocks) => message(mrkdwn`More winners of the prize draw.`, ...blocks)),
  ];
}

/**
 * The winners for one person who asks, at most as many messages as one request may be answered with.
 * @param logins what this person entered in the draw, to tell them whether they won
 */
export function winnersAnswer(winners: readonly Winner[], logins: readonly string[]): readonly Message[] {
  if (winners.length === 0) return [note(mrkdwn`No winners yet. See how the draw stands with \`/prizedraw status\`.`)];
  const mine = winners.find(({ login }) => logins.includes(login));
  const greeting = mine
    ? mrkdwn`🎉 *You won!* All the winners of the last draw:`
    : mrkdwn`*The winners of the last draw:*`;
  // The first message has a heading; the last may have a line about those that do not fit. All of them may have to go
  // to the response address.
  const first = LIMITS.messageBlocks - 1;
  const room = first + LIMITS.messageBlocks * (LIMITS.responses - 1);
  const fitting = winners.length > room ? winners.slice(0, room - 1) : winners;
  const left = winners.length - fitting.length;
  const pages = chunk(fitting, first, LIMITS.messageBlocks).map(winnerBlocks);
  return pages.map((blocks, index) => {
    const rest = index === pages.length - 1 && left > 0 ? [context(mrkdwn`… and ${left} more winners.`)] : [];
    const top = index === 0 ? [section(mrkdwn`${greeting}\nWatch the announcements for the next draw.`)] : [];
    return message(mrkdwn`${greeting} ${counted(winners.length, 'winner')}.`, ...top, ...blocks, ...rest);
  });
}

/** How the winners were drawn, and how to check. */
function howText({ by, isFallback, round, entrants, digest, inTime }: HowDrawn): Mrkdwn {
  const from = words(`Drawn from ${counted(entrants, 'entrant')}`);
  if (by === 'spop') return mrkdwn`${from} by Redis’s SPOP, which nobody can check.`;
  const check = mrkdwn`Check it: \`/prizedraw verify\`, \`/prizedraw proof\` (record ${words(digest)}).`;
  if (round !== null) {
    const late = words(
      inTime === false
        ? 'Slack did not take the numbers of this draw before that round was out, so nobody could see them beforehand. '
        : '',
    );
    return mrkdwn`${from} with ${drandLink(round)}. ${late}${check}`;
  }
  const local = words(
    isFallback
      ? 'The randomness beacon drand did not give its round in time, so the seed of this draw is local: the bot made it itself.'
      : 'The seed of this draw is local: the bot made it itself.',
  );
  return mrkdwn`${from}. ${local} ${check}`;
}

/** Room for the text that says how the winners were drawn, in characters. */
const HOW_TEXT = 450;

/** Widths of names and prizes, in characters, from the one we like to the one that fits in any case. */
const WIDTHS = [DISPLAY.prize, 80, 50, 30];

/** The winners of one message, names and prizes shortened as far as the message's characters require. */
function winnerBlocks(winners: readonly Winner[]): readonly SectionBlock[] {
  const renderings = WIDTHS.map((width) => winners.map((winner) => winnerBlock(winner, width)));
  return (
    renderings.find((blocks) => textLength(blocks) <= LIMITS.messageText - LIMITS.header - HOW_TEXT) ??
    renderings.at(-1) ??
    []
  );
}

function winnerBlock({ prize, login, name, image, member }: Winner, width: number): SectionBlock {
  const who = member === undefined ? githubLink(login) : mrkdwn`${githubLink(login)} · ${mention(member)}`;
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: who.mrkdwn },
    fields: [literal(name, Math.min(width, DISPLAY.name)), literal(`🎁 ${prize}`, width)],
    accessory: avatar({ name, image }),
  };
}

function textLength(blocks: readonly SectionBlock[]): number {
  const texts = blocks.flatMap(({ text, fields = [] }) => (text ? [text, ...fields] : fields));
  return texts.reduce((sum, { text }) => sum + text.length, 0);
}

function chunk<T>(items: readonly T[], first: number, others: number): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < items.length; ) {
    const size = from === 0 ? first : others;
    chunks.push(items.slice(from, from + size));
    from += size;
  }
  return chunks;
}
