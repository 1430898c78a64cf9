import type { DrawContext } from './context.ts';
import { LONGEST_TIMER } from './duration.ts';
import { findLatest, keysOf } from './latest.ts';
import { observation } from './observation.ts';
import { type DrawRecord, parseRecord, winsOf } from './record.ts';
import { observeScript, snapshotScript } from './scripts/index.ts';
import type { Found, Observation, Snapshot } from './snapshot.ts';

/** How soon the worker looks where nothing is new but that more have entered, in milliseconds: many may. */
const COUNT_WITHIN = 1_000;

/** How often to decide anew, because something has changed between reading and writing. */
const ATTEMPTS = 8;

export interface Observed {
  /** The record of the channel's latest draw, as it is now; undefined where there has never been one. */
  readonly record: DrawRecord | undefined;
  /** When to look again, as another program is changing the draw, in milliseconds from now; undefined: when something happens. */
  readonly again: number | undefined;
}

/**
 * Writes down what other programs have done to the channel's draw since its record was written. Safe to call at any
 * point, by any process: it writes only if nothing has changed since it looked.
 * @param isFinal whether to conclude at once what another program did, without waiting for it to finish
 * @throws when Redis does not answer
 */
export async function observe(ofProcess: DrawContext, { isFinal = false } = {}): Promise<Observed> {
  // Others of this process may find another draw meanwhile: what is seen of one is never written into another.
  const context = { ...ofProcess, latest: { ...ofProcess.latest } };
  const { id } = context.latest;
  const observed = await observeOn(context, isFinal);
  if (context.latest.id !== id) ofProcess.latest.id = context.latest.id;
  return observed;
}

async function observeOn(context: DrawContext, isFinal: boolean): Promise<Observed> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const seen = await snapshot(context);
    if (seen.record === undefined && (await context.takeOver())) continue;
    const observed = await withNews(context, seen, observation(seen, isFinal));
    if (observed.kind === 'nothing_new') return { record: seen.record, again: undefined };
    const isKnown = observed.kind === 'changing' && seen.record?.changing?.digest === observed.fields.changing;
    if (isKnown) return { record: seen.record, again: observed.again };
    const isWritten = await write(context, seen, observed);
    // While many enter, their number is another at each look. Whoever enters has the worker look again.
    if (isWritten && staysOpen(observed)) return { record: (await snapshot(context)).record, again: undefined };
  }
  return { record: (await snapshot(context)).record, again: 0 };
}

/**
 * Winners that are there when the bot first looks at a Redis are no news; those that came since are. That it has looked is
 * known by the version of the registry.
 */
async function withNews({ redis, keys }: DrawContext, seen: Snapshot, observed: Observation): Promise<Observation> {
  if (seen.record !== undefined) return observed;
  if (observed.kind === 'nothing_new') {
    await redis.setnx(keys.drawsVersion, 0);
    return observed;
  }
  const isFirstLook = (await redis.exists(keys.drawsVersion)) === 0;
  return isFirstLook ? observed : { ...observed, fields: { ...observed.fields, is_old_news: 0 } };
}

/**
 * Reads the shared keys and the record at one moment.
 * @throws when Redis does not answer
 */
export async function snapshot(context: DrawContext): Promise<Snapshot> {
  const { redis, channel, latest } = context;
  for (;;) {
    const keys = keysOf(context);
    const reply = await snapshotScript.run(redis, { keys, args: { channel, draw: latest.id } });
    if (reply[0] === 'moved') {
      await findLatest(context);
      continue;
    }
    const [, ttl, prizes, entrants, enteredByMembers, membersStillIn, winners, record, won, now] = reply;
    return {
      record: parseRecord(hashOf(record), hashOf(won)),
      isOpen: ttl !== -2,
      closesAt: ttl < 0 ? undefined : now + Math.min(ttl, LONGEST_TIMER),
      prizes,
      entrants,
      enteredByMembers,
      membersStillIn,
      wins: winsOf(hashOf(winners)),
      now,
    };
  }
}

async function write(
  context: DrawContext,
  seen: Snapshot,
  observed: Exclude<Observation, { kind: 'nothing_new' }>,
): Promise<boolean> {
  const { redis, channel, latest, keys } = context;
  const { record } = seen;
  const id = observed.kind === 'another_draw' ? observed.id : '';
  const own = keys.draw(id || latest.id);
  const { phase, closesAt, hasWon } =
    observed.kind === 'changing'
      ? { phase: record?.phase ?? 'closed', closesAt: record?.closesAt, hasWon: false }
      : observed;
  const [written] = await observeScript.run(redis, {
    keys: { ...keysOf(context), new_record: own.record, won: own.won },
    args: {
      channel,
      draw: latest.id,
      revision: record?.revision ?? 0,
      open: seen.isOpen ? 1 : 0,
      prizes: seen.prizes.length,
      entrants: seen.entrants,
      winners: seen.wins.length,
      may_grow: staysOpen(observed) ? 1 : 0,
      count_within: staysOpen(observed) && isOnlyEntered(seen, observed) ? COUNT_WITHIN : '',
      ended: observed.kind === 'another_draw' ? observed.ended : '',
      id,
      phase,
      closes_at: closesAt ?? '',
      has_won: hasWon ? 1 : 0,
      settled: observed.kind === 'changing' ? 0 : 1,
    },
    rest: Object.entries(observed.fields).flat(),
  });
  if (written === 'observed' && id !== '') latest.id = id;
  return written === 'observed';
}

/** Whether it is the same draw, and open: then nothing that was decided depends on who enters meanwhile. */
function staysOpen(observed: Observation): observed is Extract<Observation, { kind: 'same_draw' }> {
  return observed.kind === 'same_draw' && observed.phase === 'open';
}

/** Whether nothing is new but that more have entered. */
function isOnlyEntered({ record, entrants, prizes }: Snapshot, { closesAt }: Found): boolean {
  if (record?.phase !== 'open' || record.changing !== undefined) return false;
  return entrants > record.entrants && prizes.length === record.prizes.length && closesAt === record.closesAt;
}

/** A hash from its fields and values in turn, as a script gives them. */
export function hashOf(pairs: readonly string[]): Record<string, string> {
  const hash: Record<string, string> = {};
  for (let index = 0; index + 1 < pairs.length; index += 2) hash[pairs[index] ?? ''] = pairs[index + 1] ?? '';
  return hash;
}
