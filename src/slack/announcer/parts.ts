import type { DrawStatus } from '../../draw/status.ts';
import type { Winner } from '../../draw/types.ts';
import { closedAnnouncement, drawingAnnouncement, openAnnouncement } from '../blocks/announcement.ts';
import type { Message } from '../blocks/text.ts';
import { winnersAnnouncement } from '../blocks/winners.ts';
import type { Desk } from './book.ts';
import { drawnBy, type HowDrawn } from './drawn.ts';
import { adopt, change, post } from './post.ts';
import { type Announced, digest } from './record.ts';

/** The number of entrants is updated at most this often, in milliseconds. */
const UPDATE_EVERY = 5_000;

/** A closing time that differs by less than this is the same, measured again, in milliseconds. */
const SAME_TIME = 5_000;

/**
 * Announces that the draw is open, or brings that up to date.
 * @returns when to look again, in milliseconds from now; undefined: when something happens
 */
export async function announceOpen(desk: Desk, status: DrawStatus): Promise<number | undefined> {
  const { book, now } = desk;
  const { record } = book;
  const next = { ...record, entrants: status.entrants, closesAt: closesAt(desk, status) };
  const message = openAnnouncement(facts(next));
  const wait = record.sent['draw'] === undefined ? 0 : record.updatedAt + UPDATE_EVERY - now();
  if (wait > 0) return digest(message) === record.shown ? status.closesIn : Math.min(wait, UPDATE_EVERY);
  await book.keep({ phase: 'open', opening: true, entrants: next.entrants, closesAt: next.closesAt });
  await show(desk, message);
  return status.closesIn;
}

/** Marks the announcement of the draw closed. */
export async function announceClosed(desk: Desk, { entrants, commitment }: DrawStatus): Promise<void> {
  const { book } = desk;
  await book.keep({ phase: 'closed', opening: true, entrants });
  // First what cannot wait: who takes part must be public before the beacon's round is.
  if (commitment?.round) {
    const part = `drawing ${commitment.id}`;
    if (book.record.sent[part] === undefined)
      await post(desk, part, drawingAnnouncement({ ...commitment, round: commitment.round }));
  }
  await show(desk, closedAnnouncement(facts(book.record), false));
}

/**
 * Marks the announcement of the draw closed, and announces the winners, or those that are left.
 * @param drawnFrom how many entrants the pick drew from, where that is known: it empties the set
 */
export async function announceWinners(desk: Desk, drawnFrom: number | undefined): Promise<void> {
  const { book, draw } = desk;
  if (drawnFrom !== undefined && book.record.phase !== 'won') await book.keep({ entrants: drawnFrom });
  // Where there are none, another draw has begun between two reads; the next look sees it.
  if (book.record.phase !== 'won') await takeUpWinners(desk, await draw.winners(), drawnBy(await draw.lastProof()));
  if (book.record.phase !== 'won') return;
  if (book.record.opening) await show(desk, closedAnnouncement(facts(book.record), true));
  await postWinners(desk);
}

/** Puts winners in the book who are to be announced, unless they are there. Nothing that begins later can lose them. */
export async function takeUpWinners({ book }: Desk, winners: readonly Winner[], how: HowDrawn): Promise<void> {
  if (!areNews(book.record, winners)) return;
  const drawn = how(winners);
  const entrants = drawn?.entrants ?? book.record.entrants;
  await book.keep({ phase: 'won', winners: digestOf(winners), drawn, entrants, announcing: [...winners] });
}

/** Whether there are winners that are not in the book. */
export function areNews(record: Announced, winners: readonly Winner[]): boolean {
  return winners.length > 0 && digestOf(winners) !== record.winners;
}

function digestOf(winners: readonly Winner[]): string {
  return digest(winners.map(({ prize, login }) => ({ prize, login })));
}

/** Finishes what is left to say of a draw that another has followed, and takes the button away. */
export async function markOver(desk: Desk): Promise<void> {
  const { book } = desk;
  const won = book.record.phase === 'won';
  const closed = closedAnnouncement(facts(book.record), won);
  if (won && book.record.opening) await show(desk, closed);
  else {
    await adopt(desk, 'draw');
    await change(desk, 'draw', closed);
  }
  await postWinners(desk);
}

async function postWinners(desk: Desk): Promise<void> {
  const { book } = desk;
  if (book.record.announcing.length === 0) return;
  for (const [index, message] of winnersAnnouncement(
    book.record.announcing,
    book.record.drawn ?? undefined,
  ).entries()) {
    const part = `winners ${index + 1}`;
    if (book.record.sent[part] === undefined) await post(desk, part, message);
  }
  await book.keep({ announcing: [] });
}

/** Brings the announcement of the draw to what it should show: posted, changed, or posted anew where it is gone. */
async function show(desk: Desk, message: Message): Promise<void> {
  const { book, now } = desk;
  const shown = digest(message);
  if (shown === book.record.shown) return;
  if (!(await change(desk, 'draw', message))) await post(desk, 'draw', message);
  await book.keep({ shown, updatedAt: now() });
}

function closesAt({ book, now }: Desk, { closesIn }: DrawStatus): number | null {
  if (closesIn === undefined) return null;
  const measured = now() + closesIn;
  const { closesAt: before } = book.record;
  return before !== null && Math.abs(before - measured) < SAME_TIME ? before : measured;
}

function facts({ prizes, entrants, closesAt: at }: Announced) {
  return { prizes, entrants, closesAt: at === null ? undefined : new Date(at) };
}
