import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { processorTime } from '../at-rest/processor.ts';
import { startRedis } from '../redis.ts';
import { makeChain, startBeacon } from '../stand-ins/drand-chain.ts';
import { ascending, percentile } from './figures.ts';
import { load } from './load.ts';
import { peakMemory } from './memory.ts';
import { type Server, startBot, startScript } from './processes.ts';
import { CHANNELS, commandForm, signedRequest } from './requests.ts';

/** How many prizes for how many entrants. */
export interface Size {
  readonly prizes: number;
  readonly entrants: number;
}

export interface Picked {
  /** From the command until the winners are there, in milliseconds. */
  readonly ms: number;
  /** The processor time that it took, in milliseconds. */
  readonly cpu: number;
  /** The most memory that the process had, in MB. */
  readonly memory: number;
  /** How long others waited for their answer meanwhile, in milliseconds; of the bare work, nobody did. */
  readonly waits?: { readonly p99: number; readonly most: number };
}

/** What a pick of one size costs: the bare work, the bot with a seed of its own, and with a beacon. */
export interface Picks extends Size {
  readonly bare: Picked;
  readonly local: Picked;
  readonly beacon: Picked | undefined;
}

/** Whatever is answered. */
const ANY = { connections: 1, isRight: () => true };

/** A pick that takes longer has failed, in milliseconds. */
const PATIENCE = 120_000;

const bareFigures = z.object({ ms: z.number(), cpu: z.number(), memory: z.number() });

const by = { user: 'U0ORGANISER', channel: CHANNELS.admin, responseUrl: 'http://127.0.0.1:9/' };

/** Measures picks of one size. */
export async function measurePicks(size: Size, withBeacon: boolean): Promise<Picks> {
  const server = await startRedis();
  const standIn = await startScript('stand-in', { env: {} });
  const chain = makeChain();
  const beacon = await startBeacon(chain);
  const redis = server.client();
  const options = { redisUrl: server.url, standIn: standIn.said };
  const drand = { PRIZEDRAW_RANDOMNESS: 'drand', PRIZEDRAW_DRAND_URLS: beacon.url };
  try {
    await fill(redis, size);
    const bare = await bareWork(server.url, size);
    const local = await pick(redis, size, () => startBot({ ...options, env: {} }));
    if (!withBeacon) return { ...size, bare, local, beacon: undefined };
    await fill(redis, size);
    const ofRound = await pick(redis, size, () =>
      startBot({ ...options, env: drand, chain: JSON.stringify(chain.info) }),
    );
    return { ...size, bare, local, beacon: ofRound };
  } finally {
    await beacon.close();
    await standIn.close();
    await server.close();
  }
}

/** A draw that another program has opened and filled. */
async function fill(redis: Redis, { prizes, entrants }: Size): Promise<void> {
  await redis.flushall();
  for (let from = 0; from < entrants; from += 10_000) {
    const count = Math.min(10_000, entrants - from);
    await redis.sadd('prizedraw:entrants', ...Array.from({ length: count }, (_, index) => `somebody-${from + index}`));
  }
  await redis.sadd('prizedraw:prizes', ...Array.from({ length: prizes }, (_, index) => `Prize ${index + 1}`));
  await redis.set('prizedraw:is_open', 'true');
}

async function bareWork(redisUrl: string, { prizes }: Size): Promise<Picked> {
  const script = await startScript('servers/bare-pick', { env: { REDIS_URL: redisUrl, PRIZES: String(prizes) } });
  await script.close();
  return bareFigures.parse(JSON.parse(script.said));
}

async function pick(redis: Redis, { prizes }: Size, start: () => Promise<Server>): Promise<Picked> {
  const bot = await start();
  try {
    // Until the bot knows the draw and has announced it.
    await load(bot.port, [[signedRequest(commandForm(by, 'status'))]], ANY);
    await sleep(3_000);
    const others = new Others(bot.port);
    const before = processorTime(bot.pid);
    const begin = performance.now();
    const asked = load(bot.port, [[signedRequest(commandForm(by, 'pick'))]], ANY);
    while ((await redis.hlen('prizedraw:winners')) < prizes) {
      if (performance.now() - begin > PATIENCE) throw new Error('There are no winners.');
      await sleep(2);
    }
    const ms = performance.now() - begin;
    const cpu = (processorTime(bot.pid) - before) * 1000;
    const memory = peakMemory(bot.pid);
    const waits = await others.stop();
    await asked;
    return { ms, cpu, memory, waits };
  } finally {
    await bot.close();
  }
}

/** Somebody who asks for the help again and again, and how long that takes each time. */
class Others {
  readonly #times: number[] = [];
  readonly #done: Promise<void>;
  #isOver = false;

  constructor(port: number) {
    this.#done = this.#ask(port);
  }

  async stop(): Promise<{ readonly p99: number; readonly most: number }> {
    this.#isOver = true;
    await this.#done;
    const sorted = this.#times.sort(ascending);
    return { p99: percentile(sorted, 99), most: sorted.at(-1) ?? 0 };
  }

  async #ask(port: number): Promise<void> {
    while (!this.#isOver) {
      const request = signedRequest(commandForm({ ...by, channel: CHANNELS.random }, 'help'));
      const { times } = await load(port, [[request]], ANY);
      this.#times.push(times[0] ?? 0);
      await sleep(5);
    }
  }
}
