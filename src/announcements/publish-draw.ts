import type { Redis } from 'ioredis';
import { RedisClock } from '../draw/clock.ts';
import type { Draws } from '../draw/index.ts';
import type { DrawRecord } from '../draw/record.ts';
import { soonest } from '../draw/soonest.ts';
import type { Log } from '../log.ts';
import type { ChannelErrors, Concern } from './channel-errors.ts';
import { desired, drawingPart } from './desired.ts';
import type { Turn } from './lease.ts';
import { findPending } from './look-up.ts';
import { ChannelError, type Messenger } from './messenger.ts';
import type { Pace } from './pace.ts';
import { publish } from './publish.ts';
import type { Publishing } from './publishing.ts';
import type { Refusals } from './refusals.ts';
import { Deliveries } from './store.ts';
import type { Suspects } from './suspects.ts';
import { planSweep, sweep } from './sweep.ts';

/** What the work on the draws of one turn needs. */
export interface TurnContext {
  readonly draws: Draws;
  readonly redis: Redis;
  readonly messenger: Messenger;
  readonly pace: Pace;
  readonly log: Log;
  readonly turn: Turn;
  readonly errors: ChannelErrors;
  /** An organiser waits: what failed is tried again at once. */
  readonly urgent: boolean;
  readonly suspects: Suspects;
  readonly refusals: Refusals;
}

/**
 * Brings one draw's messages to what they should be.
 * @returns when to look again, in milliseconds from now; undefined: when something happens
 * @throws ChannelError where the channel takes nothing now; TurnEnded; when Redis does not answer
 */
export async function publishDraw(context: TurnContext, record: DrawRecord): Promise<number | undefined> {
  const { draws, redis, messenger, pace, turn, errors, urgent, refusals, log } = context;
  const { id, channel } = record;
  // No clock of a process's own: it would differ from the others', and may be set.
  const clock = RedisClock.of(redis);
  const lookUpWait = errors.left(channel, 'looking up', await clock.now(), urgent);
  const deliveries = await Deliveries.load(redis, draws.keys, id, turn);
  const reporting = reportingMessenger(context, lookUpWait > 0);
  const now = await messenger.clock(channel);
  const publishing: Publishing = { id, channel, messenger: reporting, turn, deliveries, refusals, pace, log, now };
  const suspectSince = context.suspects.take(id);
  if (suspectSince !== undefined) {
    await planSweep(deliveries, now() - (performance.now() - suspectSince), now()).catch((error: unknown) => {
      context.suspects.add(id, suspectSince);
      throw error;
    });
  }

  // Looking something up may be in trouble while posting works, and the other way round: neither waits for the other.
  const onLookUpError = async (error: ChannelError): Promise<number> =>
    lookUpWait > 0 ? lookUpWait : failed(context, channel, 'looking up', error);
  const swept = await sweep(publishing).catch(ifChannelError(onLookUpError));
  const inTime = await wasInTime(context, publishing, record);
  // Of old news nothing is shown, so that nothing need be looked up.
  const isShown = record.phase === 'won' && !record.isOldNews;
  const winners = isShown ? await draws.winnersOf(record) : [];
  const postWait = errors.left(channel, 'posting', await clock.now(), urgent);
  if (postWait > 0) return postWait;
  const { again, lookUpError } = await publish(publishing, (forms) => desired(record, { winners, inTime }, forms));
  // Looking for what may be there twice may have been planned only now.
  const sweepIn = swept ?? (deliveries.sweep && Math.max(0, deliveries.sweep.at - now()));
  return soonest(soonest(again, sweepIn), lookUpError && (await onLookUpError(lookUpError)));
}

/** Notes each time that a channel works again; and while it is left alone, asks it for nothing. */
function reportingMessenger(context: TurnContext, isLeftAlone: boolean): Messenger {
  const { messenger } = context;
  const reporting = async <T>(channel: string, concern: Concern, work: Promise<T>): Promise<T> => {
    const result = await work;
    await recovered(context, channel, concern);
    return result;
  };
  return {
    post: (channel, content, mark, ...rest) => {
      context.suspects.posting(mark.draw);
      return reporting(channel, 'posting', messenger.post(channel, content, mark, ...rest));
    },
    update: (channel, ...rest) => reporting(channel, 'posting', messenger.update(channel, ...rest)),
    remove: (channel, ...rest) => messenger.remove(channel, ...rest),
    clock: (channel) => messenger.clock(channel),
    between: async (channel, ...rest) => {
      if (isLeftAlone) throw new ChannelError('Not yet.', { isUnsure: false, retryAfter: undefined, cause: undefined });
      return reporting(channel, 'looking up', messenger.between(channel, ...rest));
    },
  };
}

/**
 * Notes that something failed in a channel, and says it once.
 * @returns when it is tried again, in milliseconds from now
 */
export async function failed(
  { errors, redis, log }: TurnContext,
  channel: string,
  concern: Concern,
  error: ChannelError,
): Promise<number> {
  const now = await RedisClock.of(redis).now();
  const state = await errors.failed(channel, concern, error, now);
  // Since now, so it is not known yet.
  if (state.since === now) log.error(`${error.problem} Announcing is tried again until it works.`);
  return Math.max(0, state.tryAt - now);
}

async function recovered({ errors, log }: TurnContext, channel: string, concern: Concern): Promise<void> {
  if (await errors.works(channel, concern)) log.info(`Announcing works again.`);
}

/** Handles a `ChannelError` of a promise, and throws everything else on. */
function ifChannelError<T>(handle: (error: ChannelError) => T): (error: unknown) => T {
  return (error) => {
    if (error instanceof ChannelError) return handle(error);
    throw error;
  };
}

/**
 * Whether the numbers of the draw were posted before the round existed that decided: who takes part counts as fixed
 * beforehand only for those who could see it, by Slack's own time.
 */
async function wasInTime(
  { draws }: TurnContext,
  publishing: Publishing,
  { provenance }: DrawRecord,
): Promise<boolean | null> {
  if (!provenance || provenance.round === null) return null;
  const part = drawingPart(provenance.pick);
  // What has not been found yet may be there in time.
  if (!(await findPending(publishing, part).catch(ifChannelError(() => false)))) return null;
  const ts = publishing.deliveries.get(part)?.ts;
  const out = draws.roundTime(provenance.round);
  return ts !== undefined && out !== undefined && Number(ts) * 1000 < out;
}
