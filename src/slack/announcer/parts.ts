import type { Commitment } from '../../draw/fair/proof.ts';
import { closedAnnouncement, drawingAnnouncement, openAnnouncement } from '../blocks/announcement.ts';
import type { Message } from '../blocks/text.ts';
import { winnersAnnouncement } from '../blocks/winners.ts';
import type { Desk } from './book.ts';
import { adopt, change, post } from './post.ts';
import { digest, type Page } from './record.ts';

/** The number of entrants is updated at most this often, in milliseconds. */
const UPDATE_EVERY = 5_000;

/**
 * Announces that the draw is open, or brings that up to date.
 * @param closesIn milliseconds until its timer closes it
 * @param commitment a draw that is being picked is open only where an earlier one's winners are still there
 * @returns when to look again, in milliseconds from now; undefined: when something happens
 */
export async function announceOpen(
  desk: Desk,
  closesIn: number | undefined,
  commitment: Commitment | undefined,
): Promise<number | undefined> {
  const { record } = desk.book;
  await announceDrawing(desk, commitment);
  const message = openAnnouncement(facts(record));
  const wait = record.sent['draw'] === undefined ? 0 : record.updatedAt + UPDATE_EVERY - desk.now();
  if (wait > 0) return digest(message) === record.shown ? closesIn : Math.min(wait, UPDATE_EVERY);
  await show(desk, message);
  return closesIn;
}

/** Marks the announcement of the draw closed. */
export async function announceClosed(desk: Desk, commitment: Commitment | undefined): Promise<void> {
  await announceDrawing(desk, commitment);
  await show(desk, closedAnnouncement(facts(desk.book.record), false));
}

/** Posts who takes part in a pick, and which round decides: before anything else, as that round is soon out. */
async function announceDrawing(desk: Desk, commitment: Commitment | undefined): Promise<void> {
  if (!commitment?.round) return;
  const part = drawing(commitment.id);
  if (desk.book.record.sent[part] !== undefined) return;
  await post(desk, part, drawingAnnouncement({ ...commitment, round: commitment.round }));
}

/** Marks the announcement of the draw closed, and announces the winners, or those that are left. */
export async function announceWinners(desk: Desk): Promise<void> {
  const { book } = desk;
  if (book.record.opening) await show(desk, closedAnnouncement(facts(book.record), true));
  await postWinners(desk);
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
  await askWhetherInTime(desk);
  for (const [index, message] of winnersAnnouncement(
    book.record.announcing,
    book.record.drawn ?? undefined,
  ).entries()) {
    const part = `winners ${index + 1}`;
    if (book.record.sent[part] === undefined) await post(desk, part, message);
  }
  await book.keep({ announcing: [] });
}

/** Who takes part counts as laid down before the round only for those who could see it: by Slack's own time. */
async function askWhetherInTime(desk: Desk): Promise<void> {
  const { book, draw } = desk;
  const { drawn } = book.record;
  if (!drawn || drawn.round === null || drawn.inTime !== null) return;
  const part = drawing(drawn.pick);
  await adopt(desk, part);
  const ts = book.record.sent[part];
  const out = draw.roundTime(drawn.round);
  const inTime = ts !== undefined && out !== undefined && Number(ts) * 1000 < out;
  await book.keep({ drawn: { ...drawn, inTime } });
}

function drawing(pick: string): string {
  return `drawing ${pick}`;
}

/** Brings the announcement of the draw to what it should show: posted, changed, or posted anew where it is gone. */
async function show(desk: Desk, message: Message): Promise<void> {
  const { book, now } = desk;
  const shown = digest(message);
  if (shown === book.record.shown) return;
  if (!(await change(desk, 'draw', message))) await post(desk, 'draw', message);
  await book.keep({ shown, updatedAt: now() });
}

function facts({ prizes, entrants, closesAt: at }: Page) {
  return { prizes, entrants, closesAt: at === null ? undefined : new Date(at) };
}
