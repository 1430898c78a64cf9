import type { Advanced } from '../draw/advance.ts';
import type { DrawRecord } from '../draw/record.ts';
import { soonest } from '../draw/soonest.ts';
import { plan } from './due.ts';
import { TurnEnded } from './lease.ts';
import { LeftAlone } from './left-alone.ts';
import { ChannelError } from './messenger.ts';
import type { Picks } from './picks.ts';
import { failed, publishDraw, type TurnContext } from './publish-draw.ts';

/** What the work on one channel's draws needs. */
export interface ChannelContext extends TurnContext {
  readonly picks: Picks;
  /** The draws that this version cannot read. */
  readonly leftAlone: LeftAlone;
  /** The time by which the draws were planned when they were taken. */
  readonly claimed: string;
  /** When the turn began, by `performance.now()`. */
  readonly began: number;
  /** The channels on whose draws this turn is at work: one after the other in each, and side by side in all. */
  readonly busy: Set<string>;
}

/** What this version plans: IDs of draws. Whatever else is planned there, a newer version knows. */
const OURS = /^[0-9a-f-]{36}$/;

/** How soon a draw comes again in whose channel the worker is at work, in milliseconds. */
const BUSY = 500;

/** How soon what failed is tried again, in milliseconds: not Slack's failures, but Redis's and ours. */
const TRY_AGAIN = 1_000;

/**
 * Does what there is to do on draws that were taken. Whatever fails in one channel keeps nothing back in another.
 * @throws TurnEnded; when Redis does not answer
 */
export async function workOn(context: ChannelContext, ids: readonly string[]): Promise<void> {
  const { redis, draws, claimed, busy, leftAlone } = context;
  const byChannel = new Map<string, string[]>();
  for (const id of ids) {
    const read = await leftAlone.unless(
      redis.hget(draws.keys.draw(id).record, 'channel').then((channel) => ({ channel })),
    );
    if (read === undefined) {
      await plan(redis, draws.keys, id, LeftAlone.again(), claimed);
      continue;
    }
    const { channel } = read;
    if (channel === null) await plan(redis, draws.keys, id, OURS.test(id) ? undefined : LeftAlone.again(), claimed);
    else byChannel.set(channel, [...(byChannel.get(channel) ?? []), id]);
  }
  const work = async ([channel, some]: readonly [string, readonly string[]]): Promise<void> => {
    // Asked and noted at once: nothing is awaited in between, or two would work on one channel.
    if (busy.has(channel)) {
      await Promise.all(some.map((id) => plan(redis, draws.keys, id, BUSY, claimed)));
      return;
    }
    busy.add(channel);
    try {
      await workOnChannel(context, channel, some);
    } catch (error) {
      // Not only when they would come again after a crash.
      const wait = error instanceof TurnEnded ? 0 : TRY_AGAIN;
      await Promise.allSettled(some.map((id) => plan(redis, draws.keys, id, wait, claimed)));
      throw error;
    } finally {
      busy.delete(channel);
    }
  };
  const done = await Promise.allSettled([...byChannel].map(work));
  const failure = done.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
}

/** What there is to do on a draw that cannot be read. */
const NOTHING = { record: undefined, again: undefined, pick: undefined } as const satisfies Advanced;

/** One draw after the other, in the order in which they began: what is said of a draw comes before the next one's opening. */
async function workOnChannel(context: ChannelContext, channel: string, ids: readonly string[]): Promise<void> {
  const { redis, draws, claimed, picks, leftAlone } = context;
  const latest = (await leftAlone.unless(draws.in(channel).advance())) ?? NOTHING;
  if (latest.record && latest.pick) picks.begin(latest.record.id, latest.pick);
  if (latest.record && latest.again !== undefined && !ids.includes(latest.record.id)) {
    await plan(redis, draws.keys, latest.record.id, latest.again);
  }
  const planned = new Map(ids.map((id) => [id, claimed] as const));
  for (const [id, score] of await pendingBefore(context, ids)) planned.set(id, score);
  const records: DrawRecord[] = [];
  for (const [id, score] of planned) {
    const read = await leftAlone.unless(draws.record(id).then((record) => ({ record })));
    if (read === undefined) await plan(redis, draws.keys, id, LeftAlone.again(), score);
    else if (read.record !== undefined) records.push(read.record);
  }
  let blockedFor: number | undefined;
  for (const record of records.toSorted(inOrder)) {
    const published = await publishUnlessBlocked(context, record, blockedFor);
    blockedFor = published.blockedFor;
    const again = record.id === latest.record?.id ? soonest(published.again, latest.again) : published.again;
    await plan(redis, draws.keys, record.id, again, planned.get(record.id) ?? claimed);
  }
}

/**
 * Draws of one channel in the order in which they were: each gets its number, at the latest, when the next one begins. A
 * clock would not do, as Redis's may be set back.
 */
function inOrder(one: DrawRecord, other: DrawRecord): number {
  const [a, b] = [one.number ?? Number.MAX_SAFE_INTEGER, other.number ?? Number.MAX_SAFE_INTEGER];
  return a - b;
}

/** Draws of the same channel that came before and have something to do later: it is done now, to keep their order. */
async function pendingBefore({ redis, draws }: ChannelContext, ids: readonly string[]): Promise<Map<string, string>> {
  const pending = new Map<string, string>();
  for (const id of ids) {
    let before = await redis.hget(draws.keys.draw(id).record, 'previous');
    while (before && !ids.includes(before) && !pending.has(before)) {
      const score = await redis.zscore(draws.keys.due, before);
      if (score === null) break;
      pending.set(before, score);
      before = await redis.hget(draws.keys.draw(before).record, 'previous');
    }
  }
  return pending;
}

interface Tried {
  readonly again: number | undefined;
  /** For how long the channel takes nothing, in milliseconds; undefined: it takes what comes. */
  readonly blockedFor: number | undefined;
}

/** Where the channel takes nothing for a draw, those that follow wait for it. */
async function publishUnlessBlocked(
  context: ChannelContext,
  record: DrawRecord,
  blockedFor: number | undefined,
): Promise<Tried> {
  if (blockedFor !== undefined) return { again: blockedFor, blockedFor };
  try {
    const done = await context.leftAlone.unless(publishDraw(context, record).then((again) => ({ again })));
    return { ...(done ?? { again: LeftAlone.again() }), blockedFor: undefined };
  } catch (error) {
    // What was sent may arrive after what the process sends that has the turn now.
    if (error instanceof TurnEnded) context.suspects.add(record.id, context.began);
    if (!(error instanceof ChannelError)) throw error;
    const wait = await failed(context, record.channel, 'posting', error);
    return { again: wait, blockedFor: wait };
  }
}
