import { createDraws } from '../../../src/draw/index.ts';
import { processorTime } from '../at-rest/processor.ts';
import { startRedis } from '../redis.ts';
import { percentile } from './figures.ts';
import { type Errand, load } from './load.ts';
import { startBot, startScript } from './processes.ts';
import { CHANNELS, commandForm, signedRequest } from './requests.ts';
import { cacheProfiles, memberOf, newcomers } from './works.ts';

export interface Burst {
  readonly entries: number;
  readonly seconds: number;
  readonly channels: number;
  readonly processes: number;
}

/** What entries that come all at once came to. */
export interface Endured {
  /** How many are in, once all have been answered. */
  readonly entered: number;
  /** How long after the last one was sent it was answered, in milliseconds, and how long each took from when it was sent. */
  readonly late: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** The processor time of all processes, in microseconds an entry. */
  readonly cpu: number;
}

/** Has people enter draws in many channels, over several processes, so many a second. */
export async function measureBurst({ entries, seconds, channels, processes }: Burst): Promise<Endured> {
  const server = await startRedis();
  const redis = server.client();
  const standIn = await startScript('stand-in', { env: {} });
  const options = { redisUrl: server.url, standIn: standIn.said, env: {} };
  const bots = await Promise.all(Array.from({ length: processes }, () => startBot(options)));
  try {
    const where = Array.from({ length: channels }, (_, index) => `C0BURST${String(index).padStart(4, '0')}`);
    const profiles = { lookUp: () => Promise.reject(new Error('Every profile is cached.')) };
    const draws = createDraws({ redis, profiles, home: CHANNELS.announce });
    for (const channel of where) await draws.in(channel).start(['A cap']);
    const people = newcomers(entries);
    await cacheProfiles(redis, 'prizedraw', people);
    const errands = people.map((login, index): Errand => {
      const by = { ...memberOf(login, 'http://127.0.0.1:9/'), channel: where[index % channels] ?? '' };
      return [signedRequest(commandForm(by, `enter ${login}`))];
    });
    const ofEach = bots.map((_, bot) => errands.filter((_, index) => index % processes === bot));
    const before = bots.map(({ pid }) => processorTime(pid));
    const isRight = (answer: string) => answer.includes('You are in');
    const perSecond = entries / seconds / processes;
    const loads = await Promise.all(
      bots.map(({ port }, bot) => load(port, ofEach[bot] ?? [], { connections: 100, perSecond, isRight })),
    );
    const wrong = loads.find((each) => each.wrong !== undefined)?.wrong;
    if (wrong !== undefined) throw new Error(`An entry was answered with ${wrong}`);
    const cpu = bots.reduce((sum, { pid }, bot) => sum + processorTime(pid) - (before[bot] ?? 0), 0);
    const counts = await Promise.all(where.map((channel) => redis.scard(draws.in(channel).shared.entrants)));
    const times = Float64Array.from(loads.flatMap((each) => [...each.times])).sort();
    return {
      entered: counts.reduce((sum, count) => sum + count, 0),
      late: (Math.max(...loads.map((each) => each.seconds)) - seconds) * 1000,
      p50: percentile(times, 50),
      p99: percentile(times, 99),
      most: times.at(-1) ?? 0,
      cpu: (cpu / entries) * 1e6,
    };
  } finally {
    for (const bot of bots) await bot.close();
    await standIn.close();
    await server.close();
  }
}
