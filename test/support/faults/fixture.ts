import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { SCOPES } from '../fixtures/bot.ts';
import { startRedis, type TestRedis } from '../redis.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';
import { type Bot, prepareBot, type Randomness } from './bot.ts';
import type { Random } from './random.ts';

/** The moments of a draw's life at which a fault may strike. */
export type Moment = 'before the opening' | 'open' | 'closed' | 'picking' | 'picked';

/** Everything of one run: a Redis that keeps what it is told, an emulated Slack, and processes of the bot. */
export interface FaultFixture {
  readonly slack: Slack;
  readonly server: TestRedis;
  readonly redis: Redis;
  readonly bots: readonly Bot[];
  readonly random: Random;
  /** How many faults have been injected. */
  injected: number;
  /** Tells that the draw has come to a moment. */
  reach(moment: Moment): void;
  /** Waits for it. */
  reached(moment: Moment): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything, with this many processes of the bot, and waits until they have looked at the draw. */
export async function startFaultFixture(processes: number, random: Random): Promise<FaultFixture> {
  const server = await startRedis({ appendonly: true });
  const slack = await startSlack({ scopes: SCOPES });
  const redis = server.client();
  const randomness = random.one(['local', 'drand'] as const satisfies Randomness[]);
  const bots = await Promise.all(Array.from({ length: processes }, () => prepareBot(slack, server.url, randomness)));
  await Promise.all(bots.map((bot) => bot.start()));
  for (const end = Date.now() + 60_000; (await redis.exists('prizedraw:slack:announced')) === 0; await sleep(50)) {
    if (Date.now() > end) throw new Error('No process of the bot came up.');
  }
  const moments = new Map<Moment, PromiseWithResolvers>();
  const at = (moment: Moment): PromiseWithResolvers => {
    const known = moments.get(moment) ?? withResolvers();
    moments.set(moment, known);
    return known;
  };
  return {
    slack,
    server,
    redis,
    bots,
    random,
    injected: 0,
    reach: (moment) => at(moment).resolve(),
    reached: (moment) => at(moment).promise,
    close: async () => {
      await Promise.all(bots.map((bot) => bot.close()));
      await slack.close();
      await server.close();
    },
  };
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
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
