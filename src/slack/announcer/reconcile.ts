import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Draw } from '../../draw/index.ts';
import type { DrawStatus } from '../../draw/status.ts';
import { Book, type Desk } from './book.ts';
import type { AnnouncementChannel } from './channel.ts';
import { doubted, leftBehind, settleDoubts } from './doubts.ts';
import { drawnBy, type HowDrawn } from './drawn.ts';
import { ChannelFault } from './fault.ts';
import type { Turn } from './lease.ts';
import { type Look, takeNote } from './note.ts';
import { announceClosed, announceOpen, announceWinners, markOver } from './parts.ts';
import { type Announced, digestOf, loadAnnounced, newPage, newRecord, phaseOf, type Trouble } from './record.ts';
import type { Settling } from './settling.ts';
import { stillToWait, worse } from './trouble.ts';

/** How soon to look again when the draw has changed while it was read, in milliseconds. */
const AT_ONCE = 50;

export interface ReconcileOptions {
  readonly draw: Draw;
  readonly redis: Redis;
  readonly channel: AnnouncementChannel;
  readonly turn: Turn;
  /** What this process has seen of winners that another program picks. */
  readonly settling: Settling;
  /** An organiser waits: what failed is tried again at once. */
  readonly urgent: boolean;
  /** This process may have written something since then that it should not have, in milliseconds since the epoch. */
  readonly suspectSince: number | undefined;
  /** Called when what was announced last cannot be read any more. */
  readonly onUnreadable: () => void;
}

export interface Reconciled {
  /** When to look again, in milliseconds from now; undefined: when something happens. */
  readonly again: number | undefined;
  /** Why nothing can be posted at the moment. */
  readonly trouble: Trouble | null;
}

/**
 * Notes what the draw is, compares it with what was announced of it, and does what is missing: post the opening, update
 * the number of entrants, mark closed, post the winners; first of the draws that came before.
 * @throws TurnEnded when another process has taken over; when Redis does not answer. What was done until then is kept
 */
export async function reconcile(options: ReconcileOptions): Promise<Reconciled> {
  const { draw, redis, channel, turn, settling, urgent, suspectSince, onUnreadable } = options;
  const before = await loadAnnounced(redis, draw.keys.announced, onUnreadable);
  const look = await lookAt(draw);
  const { status } = look;

  const book = new Book(turn, draw.keys.announced, before, newRecord(newPage(status, channel.id)));
  const desk: Desk = { draw, channel, turn, book, now: Date.now, sleep };
  if (suspectSince !== undefined) await book.keep({ doubts: doubted(book.record, suspectSince, 0) });
  const { trouble } = book.record;

  if (await isOfAnother(look, before)) {
    const unsettled = settling.wait(look.wins, status, performance.now());
    if (unsettled > 0) return { again: unsettled, trouble };
  }
  const noting = { draw, book, channel: channel.id, before, now: desk.now };
  if (!(await takeNote(noting, look))) return { again: AT_ONCE, trouble };
  const wait = trouble && !urgent ? stillToWait(trouble, desk.now()) : 0;
  if (wait > 0) return { again: wait, trouble };

  try {
    await finishThoseBefore(desk);
    const again = await announce(desk, status);
    const settled = await settleDoubts(desk);
    await book.keep({ trouble: null });
    return { again: soonest(again, settled), trouble: null };
  } catch (error) {
    if (!(error instanceof ChannelFault)) throw error;
    const now = desk.now();
    const worsened = worse(book.record.trouble, error, now);
    await book.keep({ trouble: worsened });
    return { again: stillToWait(worsened, now), trouble: worsened };
  }
}

async function lookAt(draw: Draw): Promise<Look> {
  const status = await draw.status();
  const wins = phaseOf(status.state) === 'won' ? await draw.wins() : [];
  let how: Promise<HowDrawn> | undefined;
  return {
    status,
    wins,
    how: () => {
      how ??= draw.lastProof().then(drawnBy);
      return how;
    },
  };
}

/** Whether there are new winners of which our own last pick's record says nothing. */
async function isOfAnother({ status, wins, how }: Look, before: Announced | undefined): Promise<boolean> {
  const last = before?.waiting.at(-1) ?? before;
  if (phaseOf(status.state) !== 'won' || last?.winners === digestOf(wins)) return false;
  const drawn = (await how())(wins);
  return drawn === null || drawn.by === 'spop';
}

/** Announces what is left of each draw that another has followed, in their order. */
async function finishThoseBefore(desk: Desk): Promise<void> {
  const { book } = desk;
  for (;;) {
    const [next, ...waiting] = book.record.waiting;
    if (next === undefined) return;
    await stayInChannel(desk);
    await markOver(desk);
    await book.keep({ ...next, waiting, doubts: leftBehind(book.record) });
  }
}

/** Messages of an earlier configuration's channel stay as they are. */
async function stayInChannel({ book, channel }: Desk): Promise<void> {
  if (book.record.channel === channel.id) return;
  const { draw: _gone, ...sent } = book.record.sent;
  await book.keep({ channel: channel.id, sent, shown: '', posting: null, doubts: [] });
}

/** @returns when to look again, in milliseconds from now */
async function announce(desk: Desk, { closesIn, commitment }: DrawStatus): Promise<number | undefined> {
  await stayInChannel(desk);
  switch (desk.book.record.phase) {
    case 'none':
      return undefined;
    case 'open':
      return announceOpen(desk, closesIn, commitment);
    case 'closed':
      await announceClosed(desk, commitment);
      return undefined;
    case 'won':
      await announceWinners(desk);
      return undefined;
  }
}

function soonest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
