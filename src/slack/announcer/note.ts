import type { Draw } from '../../draw/index.ts';
import type { DrawStatus } from '../../draw/status.ts';
import type { Win, Winner } from '../../draw/types.ts';
import { isAnotherDraw } from './another-draw.ts';
import type { Book } from './book.ts';
import type { HowDrawn } from './drawn.ts';
import { type Announced, digestOf, newPage, type Page, phaseOf } from './record.ts';

/** What is read of the draw at one look. */
export interface Look {
  readonly status: DrawStatus;
  /** The winners, if the draw is over. */
  readonly wins: readonly Win[];
  /** Reads how winners were drawn; once. */
  readonly how: () => Promise<HowDrawn>;
}

interface Noting {
  readonly draw: Draw;
  readonly book: Book;
  readonly channel: string;
  /** What was in the book when it was opened; undefined: nothing, the bot looks for the first time. */
  readonly before: Announced | undefined;
  /** By the clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Puts in the book how the draw is, and every draw that has come and gone since the last look. Only Redis is needed for
 * that: winners are not lost when Slack is away, however many draws follow.
 * @returns false when the draw has changed while it was read: look again
 * @throws TurnEnded, or when Redis does not answer
 */
export async function takeNote(noting: Noting, look: Look): Promise<boolean> {
  const { draw, book, channel, before } = noting;
  const { status, wins, how } = look;
  const pages = before ? [pageOf(before), ...before.waiting] : [];

  const { draws, forget } = await draw.finished();
  const { takenUp } = book.record;
  const known = takenUp === null ? -1 : draws.findLastIndex(({ drawId }) => drawId === takenUp);
  for (const { drawId, wins: won } of draws.slice(known + 1)) {
    // What was over before the bot ever ran is no news.
    if (before === undefined && drawId === '') continue;
    const last = pages.at(-1);
    if (last?.drawId === drawId && last.winners === digestOf(won)) continue;
    const page =
      last !== undefined && isOf(last, drawId, won)
        ? pages.pop()
        : newPage({ drawId, prizes: won.map(({ prize }) => prize), entrants: 0 }, channel);
    if (page) pages.push(withWinners(page, await draw.shown(won), await how()));
  }

  const last = pages.at(-1);
  if (last === undefined || isAnotherDraw(last, status, wins)) pages.push(newPage(status, channel));
  const page = pages.pop() ?? newPage(status, channel);
  const noted = await notedOn(page, noting, look);
  if (noted === undefined) return false;
  const [first = noted, ...waiting] = [...pages, noted];
  await book.keep({ ...first, waiting, takenUp: draws.at(-1)?.drawId ?? takenUp });
  await forget();
  return true;
}

/** The page, without what the record holds beside it. */
export function pageOf({ waiting: _w, takenUp: _t, postedAt: _p, doubts: _d, trouble: _x, ...page }: Announced): Page {
  return page;
}

/** Whether winners can be those of the draw on this page. */
function isOf(page: Page, drawId: string, won: readonly Win[]): boolean {
  return page.drawId === drawId && page.phase !== 'won' && won.every(({ prize }) => page.prizes.includes(prize));
}

/** @returns undefined when the draw has changed since it was read */
async function notedOn(
  page: Page,
  { draw, before, now }: Noting,
  { status, wins, how }: Look,
): Promise<Page | undefined> {
  const { entrants } = status;
  const phase = phaseOf(status.state);
  switch (phase) {
    case 'none':
      return { ...page, phase };
    case 'open':
      return { ...page, phase, opening: true, entrants, closesAt: closesAt(page, status, now()) };
    case 'closed':
      return { ...page, phase, opening: true, entrants };
    case 'won': {
      if (page.winners === digestOf(wins)) return page;
      // What was over before the bot ever ran is no news.
      if (before === undefined && status.drawId === '' && (await how())(wins) === null) {
        return { ...page, phase, winners: digestOf(wins) };
      }
      const winners = await draw.winners();
      return digestOf(winners) === digestOf(wins) ? withWinners(page, winners, await how()) : undefined;
    }
  }
}

/** Puts winners on the page who are to be announced. Nothing that begins later can lose them. */
function withWinners(page: Page, winners: readonly Winner[], how: HowDrawn): Page {
  const drawn = how(winners);
  const entrants = drawn?.entrants ?? page.entrants;
  return { ...page, phase: 'won', winners: digestOf(winners), drawn, entrants, announcing: [...winners] };
}

/** A closing time that differs by less than this is the same, measured again, in milliseconds. */
const SAME_TIME = 5_000;

function closesAt({ closesAt: before }: Page, { closesIn }: DrawStatus, now: number): number | null {
  if (closesIn === undefined) return null;
  const measured = now + closesIn;
  return before !== null && Math.abs(before - measured) < SAME_TIME ? before : measured;
}
