import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Draw } from '../../draw/index.ts';
import type { DrawStatus } from '../../draw/status.ts';
import { isAnotherDraw } from './another-draw.ts';
import { Book, type Desk } from './book.ts';
import type { AnnouncementChannel } from './channel.ts';
import { doubted, leftBehind, settleDoubts } from './doubts.ts';
import { drawnBy } from './drawn.ts';
import { ChannelFault } from './fault.ts';
import type { Turn } from './lease.ts';
import { announceClosed, announceOpen, announceWinners, areNews, markOver, takeUpWinners } from './parts.ts';
import { digest, loadAnnounced, nothingAnnounced, phaseOf, type Trouble } from './record.ts';
import { stillToWait, worse } from './trouble.ts';

export interface ReconcileOptions {
  readonly draw: Draw;
  readonly redis: Redis;
  readonly channel: AnnouncementChannel;
  readonly turn: Turn;
  /** How many entrants the last pick drew from, where this process made it. */
  readonly drawnFrom: number | undefined;
  /** An organiser waits: what failed is tried again at once. */
  readonly urgent: boolean;
  /** This process may have written something since then that it should not have, in milliseconds since the epoch. */
  readonly suspectSince: number | undefined;
}

export interface Reconciled {
  /** When to look again, in milliseconds from now; undefined: when something happens. */
  readonly again: number | undefined;
  /** Why nothing can be posted at the moment. */
  readonly trouble: Trouble | null;
}

/**
 * Compares what the draw is with what was announced of it, and does what is missing: post the opening, update the
 * number of entrants, mark closed, post the winners.
 * @throws TurnEnded when another process has taken over; when Redis does not answer. What was done until then is kept
 */
export async function reconcile(options: ReconcileOptions): Promise<Reconciled> {
  const { draw, redis, channel, turn, urgent, suspectSince } = options;
  const status = await draw.status();
  const wins = phaseOf(status.state) === 'won' ? await draw.wins() : [];
  const before = await loadAnnounced(redis, draw.keys.announced);

  const book = new Book(turn, draw.keys.announced, before, nothingAnnounced(status, channel.id));
  const desk: Desk = { draw, channel, turn, book, now: Date.now, sleep };
  if (suspectSince !== undefined) await book.keep({ doubts: doubted(book.record, suspectSince, 0) });
  const { trouble } = book.record;
  const wait = trouble && !urgent ? stillToWait(trouble, desk.now()) : 0;
  if (wait > 0) return { again: wait, trouble };

  if (before === undefined && isOldNews(options, status)) {
    await book.keep({ phase: 'won', winners: digest(wins) });
    return { again: undefined, trouble: null };
  }
  try {
    if (before && isAnotherDraw(before, status, wins)) await turnThePage(desk, status);
    const again = await announce(desk, status, options.drawnFrom);
    const settling = await settleDoubts(desk);
    await book.keep({ trouble: null });
    return { again: soonest(again, settling), trouble: null };
  } catch (error) {
    if (!(error instanceof ChannelFault)) throw error;
    const now = desk.now();
    const worsened = worse(book.record.trouble, error, now);
    await book.keep({ trouble: worsened });
    return { again: stillToWait(worsened, now), trouble: worsened };
  }
}

/** A draw that was over before the bot ever ran here is no news. */
function isOldNews({ drawnFrom }: ReconcileOptions, { state, drawId }: DrawStatus): boolean {
  return phaseOf(state) === 'won' && drawId === '' && drawnFrom === undefined;
}

/** Finishes with the draw in the book, and begins with the one that has followed it. */
async function turnThePage(desk: Desk, status: DrawStatus): Promise<void> {
  const { book, draw } = desk;
  if (status.drawId !== book.record.drawId) {
    // Winners whom nobody had looked at before they made place for the next draw.
    const winners = await draw.wonBefore();
    const how = drawnBy(await draw.lastProof());
    if (book.record.phase === 'won' && areNews(book.record, winners)) {
      // Of a draw that began and ended between two looks.
      await markOver(desk);
      await begin(desk, status);
    }
    await takeUpWinners(desk, winners, how);
  }
  await markOver(desk);
  await begin(desk, status);
}

async function begin({ book, channel }: Desk, status: DrawStatus): Promise<void> {
  const { postedAt, trouble } = book.record;
  const doubts = leftBehind(book.record);
  await book.keep({ ...nothingAnnounced(status, channel.id), postedAt, trouble, doubts });
}

/** @returns when to look again, in milliseconds from now */
async function announce(desk: Desk, status: DrawStatus, drawnFrom: number | undefined): Promise<number | undefined> {
  // Messages of an earlier configuration's channel stay as they are.
  if (desk.book.record.channel !== desk.channel.id) {
    const { draw: _gone, ...sent } = desk.book.record.sent;
    await desk.book.keep({ channel: desk.channel.id, sent, shown: '', posting: null, doubts: [] });
  }
  switch (phaseOf(status.state)) {
    case 'none':
      await desk.book.keep({ phase: 'none' });
      return undefined;
    case 'open':
      return announceOpen(desk, status);
    case 'closed':
      await announceClosed(desk, status);
      return undefined;
    case 'won':
      await announceWinners(desk, drawnFrom);
      return undefined;
  }
}

function soonest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
