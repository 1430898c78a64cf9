import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type Keys, keysUnder } from '../../../src/draw/keys.ts';
import { SCOPES } from '../fixtures/bot.ts';
import { makeNewer } from '../process/newer.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';
import { type Bot, prepareBot, type Randomness, type Variant } from './bot.ts';
import { type Kept, type Place, startPlace } from './place.ts';
import type { Random } from './random.ts';

/** The moments of a draw's life at which a fault may strike. */
export type Moment = 'before the opening' | 'open' | 'closed' | 'picking' | 'picked';

/** In how many channels a draw is run at once. */
export const CHANNELS = 3;

/** Everything of one run: a Redis that keeps what it is told, or has copies of it, an emulated Slack, and processes of the bot. */
export interface FaultFixture {
  readonly slack: Slack;
  readonly place: Place;
  readonly redis: Redis;
  readonly keys: Keys;
  /** The IDs of the channels in which draws are run; the first is home. */
  readonly channels: readonly string[];
  readonly bots: readonly Bot[];
  /** A channel in which nothing may be announced. */
  readonly elsewhere: string;
  readonly random: Random;
  /** How many calls of one process Slack misbehaves for at most: after each, the bot waits twice as long. */
  readonly mostStrikes: number;
  /** How many faults have been injected. */
  injected: number;
  /** Tells that a draw has come to a moment; of several, the first counts, and for `picked` the last. */
  reach(moment: Moment): void;
  /** Waits for it. */
  reached(moment: Moment): Promise<void>;
  close(): Promise<void>;
}

/** In what the processes differ from each other. */
export interface Differences {
  /** Whether the second is of a newer version. */
  readonly isNewer?: boolean;
  /** Whether the second has another channel to announce in. */
  readonly isElsewhere?: boolean;
  /** By how much each process's clock is wrong, in milliseconds; after some seconds, by the opposite. */
  readonly clocks?: readonly number[];
  /** How the servers of Redis are put together. */
  readonly kept?: Kept;
}

/** Starts everything, with this many processes of the bot, and waits until one of them has had its turn. */
export async function startFaultFixture(
  processes: number,
  random: Random,
  mostStrikes: number,
  { isNewer = false, isElsewhere = false, clocks = [], kept }: Differences = {},
): Promise<FaultFixture> {
  const place = await startPlace(kept);
  const slack = await startSlack({ scopes: SCOPES });
  const { redis } = place;
  const keys = keysUnder(place.keyPrefix, slack.channels.announce);
  const channels = [slack.channels.announce];
  while (channels.length < CHANNELS) channels.push(await slack.addChannel(`draws-${channels.length}`));
  const randomness = random.one(['local', 'drand'] as const satisfies Randomness[]);
  const elsewhere = await slack.addChannel('elsewhere');
  const newer = isNewer ? makeNewer() : undefined;
  const variant = (index: number): Variant => ({
    main: index === 1 ? newer?.main : undefined,
    env: {
      PRIZEDRAW_KEY_PREFIX: place.keyPrefix,
      ...(index === 1 && isElsewhere ? { PRIZEDRAW_ANNOUNCE_CHANNEL: elsewhere } : {}),
      ...(clocks[index] === undefined ? {} : { NODE_OPTIONS: wrongClock(clocks[index], random.from(5_000, 15_000)) }),
    },
  });
  const bots = await Promise.all(
    Array.from({ length: processes }, (_, index) => prepareBot(slack, place.url, randomness, variant(index))),
  );
  const [first, ...others] = bots;
  await first?.start();
  for (const end = Date.now() + 60_000; (await redis.exists(keys.turns)) === 0; await sleep(50)) {
    if (Date.now() > end) throw new Error(`No process of the bot came up: ${bots.map((bot) => bot.said()).join('')}`);
  }
  // The settings in use are those of the first.
  await Promise.all(others.map((bot) => bot.start()));
  const moments = new Map<Moment, { readonly promise: Promise<void>; readonly reach: () => void }>();
  const at = (moment: Moment) => {
    const known = moments.get(moment) ?? countdown(moment === 'picked' ? CHANNELS : 1);
    moments.set(moment, known);
    return known;
  };
  return {
    slack,
    place,
    redis,
    keys,
    channels,
    bots,
    elsewhere,
    random,
    mostStrikes,
    injected: 0,
    reach: (moment) => at(moment).reach(),
    reached: (moment) => at(moment).promise,
    close: async () => {
      await Promise.all(bots.map((bot) => bot.close()));
      newer?.remove();
      await slack.close();
      await place.close();
    },
  };
}

/**
 * Options for Node.js with which its `Date` is wrong.
 * @param by how much, in milliseconds
 * @param until when it is set, in milliseconds after the start: then it is wrong by the opposite
 */
function wrongClock(by: number, until: number): string {
  const code = `
    const Right = Date;
    const off = () => (performance.now() < ${until} ? ${by} : ${-by});
    globalThis.Date = class Date extends Right {
      constructor(...given) { given.length === 0 ? super(Right.now() + off()) : super(...given); }
      static now() { return Right.now() + off(); }
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(code.replaceAll(/\s+/g, ' '))}`;
}

/** A promise that is kept once `reach` has been called so often. */
function countdown(times: number): { readonly promise: Promise<void>; readonly reach: () => void } {
  let resolve = (): void => {};
  let left = times;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  const reach = (): void => {
    left -= 1;
    if (left === 0) resolve();
  };
  return { promise, reach };
}

/** Changes something in Redis, or sees something there, so that no failover can take it back; and again until Redis is there. */
export function insistForGood<T>({ place }: FaultFixture, work: () => Promise<T>): Promise<T> {
  return insist(async () => {
    const done = await work();
    await place.replicated();
    return done;
  });
}

/** Does something with Redis, and again until Redis is there. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await Promise.race([
        work(),
        sleep(2_000, undefined, { ref: false }).then(() => Promise.reject(new Error('Redis does not answer.'))),
      ]);
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(100);
    }
  }
}
