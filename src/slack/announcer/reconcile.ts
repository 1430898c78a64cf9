import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Draw } from '../../draw/index.ts';
import type { DrawStatus } from '../../draw/status.ts';
import { closedAnnouncement, openAnnouncement } from '../blocks/announcement.ts';
import type { Message } from '../blocks/text.ts';
import { winnersAnnouncement } from '../blocks/winners.ts';
import { slackErrorOf } from '../refusal.ts';
import type { AnnouncementChannel } from './channel.ts';
import {
  type Announced,
  digest,
  isAnotherDraw,
  loadAnnounced,
  type MessageAt,
  nothingAnnounced,
  phaseOf,
  saveAnnounced,
} from './record.ts';

/** The number of entrants is updated at most this often, in milliseconds. */
export const UPDATE_EVERY = 5_000;

/** More messages than any announcement has. */
const ALL = Number.MAX_SAFE_INTEGER;

/** A closing time that differs by less than this is the same, measured again, in milliseconds. */
const SAME_TIME = 5_000;

export interface ReconcileOptions {
  readonly draw: Draw;
  readonly redis: Redis;
  readonly channel: AnnouncementChannel;
  /** Whether this process may still write; false once another has taken over. */
  readonly mayWrite: () => Promise<boolean>;
  /** How many entrants the last pick drew from, where this process made it. */
  readonly drawnFrom: number | undefined;
  readonly now: () => number;
}

/** The record as it stands in Redis at the moment, so that it is written only when it changes. */
interface ReconcileContext extends ReconcileOptions {
  kept: Announced | undefined;
}

/** Another process announces now; this one stops where it is. */
class TakenOver extends Error {}

/**
 * Compares what the draw is with what was announced of it, and does what is missing: post the opening, update the
 * number of entrants, mark closed, post the winners.
 * @returns when to look again, in milliseconds from now; undefined: when something happens
 * @throws when Redis or Slack do not answer; what was done until then is kept
 */
export async function reconcile(options: ReconcileOptions): Promise<number | undefined> {
  const { draw, redis } = options;
  const status = await draw.status();
  const wins = status.state === 'DRAW_WON' ? await draw.wins() : [];
  const before = await loadAnnounced(redis, draw.keys.announced);
  const context: ReconcileContext = { ...options, kept: before };

  if (before === undefined && status.state === 'DRAW_WON' && options.drawnFrom === undefined) {
    // A draw that was over before the bot ever ran here is no news.
    await save(context, { ...nothingAnnounced(status), phase: 'won', winners: digest(wins), winnersPosted: ALL });
    return undefined;
  }
  try {
    if (before === undefined || isAnotherDraw(before, status, wins)) {
      if (before) await retire(context, before);
      return await announce(context, nothingAnnounced(status), status);
    }
    return await announce(context, before, status);
  } catch (error) {
    if (error instanceof TakenOver) return undefined;
    throw error;
  }
}

/** Takes the button away from the announcement of a draw that another has replaced. */
async function retire(context: ReconcileContext, old: Announced): Promise<void> {
  if (old.phase === 'open' && old.message)
    await write(context, () => update(context, old, closedAnnouncement(facts(old), false)));
}

async function announce(context: ReconcileContext, record: Announced, status: DrawStatus): Promise<number | undefined> {
  switch (phaseOf(status.state)) {
    case 'none':
      await save(context, { ...record, phase: 'none', message: null });
      return undefined;
    case 'open':
      return announceOpen(context, record, status);
    case 'closed':
      await show(context, { ...record, phase: 'closed', entrants: status.entrants }, (now) =>
        closedAnnouncement(facts(now), false),
      );
      return undefined;
    case 'won':
      await announceWon(context, record);
      return undefined;
  }
}

async function announceOpen(
  context: ReconcileContext,
  record: Announced,
  status: DrawStatus,
): Promise<number | undefined> {
  const next = {
    ...record,
    phase: 'open' as const,
    entrants: status.entrants,
    closesAt: closesAt(context, record, status),
  };
  const wait = record.message === null ? 0 : record.updatedAt + UPDATE_EVERY - context.now();
  if (wait > 0) return digest(openAnnouncement(facts(next))) === record.shown ? status.closesIn : wait;
  await show(context, next, (now) => openAnnouncement(facts(now)));
  return status.closesIn;
}

async function announceWon(context: ReconcileContext, record: Announced): Promise<void> {
  const entrants = context.drawnFrom ?? record.entrants;
  let current: Announced = { ...record, entrants };
  if (current.message) current = await show(context, current, (now) => closedAnnouncement(facts(now), true));

  const winners = await context.draw.winners();
  // Another draw has begun between two reads; the next look sees it.
  if (winners.length === 0) return;
  const winnersDigest = digest(winners.map(({ prize, login }) => ({ prize, login })));
  if (current.winners !== winnersDigest) current = { ...current, winners: winnersDigest, winnersPosted: 0 };
  for (const message of winnersAnnouncement(winners).slice(current.winnersPosted)) {
    await post(context, current, `winners ${winnersDigest} ${current.winnersPosted}`, message);
    const winnersPosted = current.winnersPosted + 1;
    current = await save(context, { ...current, phase: 'won', winnersPosted, posting: null });
  }
}

/** Brings the announcement to what it should show: posted, changed in place, or posted anew where it is gone. */
async function show(
  context: ReconcileContext,
  record: Announced,
  render: (record: Announced) => Message,
): Promise<Announced> {
  const message = render(record);
  const shown = digest(message);
  if (shown === record.shown) return save(context, record);
  const changed = record.message !== null && (await write(context, () => update(context, record, message)));
  const at = changed ? record.message : await post(context, record, 'draw', message);
  return save(context, { ...record, message: at, shown, updatedAt: context.now(), posting: null });
}

/**
 * Posts a message, once. What is being posted is kept first; where the answer did not arrive (a crash, a time-out), the
 * message is looked for in the channel before it is posted again.
 * @returns where the message is
 */
async function post(context: ReconcileContext, record: Announced, part: string, message: Message): Promise<MessageAt> {
  const { channel, now } = context;
  const before = record.posting?.part === part ? record.posting : undefined;
  const arrived = before && (await channel.find(before));
  if (arrived) {
    await write(context, () => channel.update(arrived, message));
    return arrived;
  }
  const posting = before ?? { part, id: randomUUID(), since: now() };
  await save(context, { ...record, posting });
  try {
    return await write(context, () => channel.post(message, posting.id));
  } catch (error) {
    // Slack has answered: it did not take the message, and there is nothing to look for.
    if (slackErrorOf(error) !== undefined) await save(context, { ...record, posting: null });
    throw error;
  }
}

async function update({ channel }: ReconcileContext, { message }: Announced, content: Message): Promise<boolean> {
  return message !== null && channel.update(message, content);
}

async function write<T>({ mayWrite }: ReconcileContext, work: () => Promise<T>): Promise<T> {
  if (!(await mayWrite())) throw new TakenOver();
  return work();
}

async function save(context: ReconcileContext, record: Announced): Promise<Announced> {
  if (context.kept === undefined || digest(context.kept) !== digest(record)) {
    await saveAnnounced(context.redis, context.draw.keys.announced, record);
  }
  context.kept = record;
  return record;
}

function closesAt({ now }: ReconcileContext, record: Announced, { closesIn }: DrawStatus): number | null {
  if (closesIn === undefined) return null;
  const measured = now() + closesIn;
  return record.closesAt !== null && Math.abs(record.closesAt - measured) < SAME_TIME ? record.closesAt : measured;
}

function facts({ prizes, entrants, closesAt }: Announced) {
  return { prizes, entrants, closesAt: closesAt === null ? undefined : new Date(closesAt) };
}
