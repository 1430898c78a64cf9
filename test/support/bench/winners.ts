import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis } from '../redis.ts';
import { listen } from '../workspace/loopback.ts';
import { load } from './load.ts';
import { startBot, startScript } from './processes.ts';
import { CHANNELS, commandForm, signedRequest } from './requests.ts';

/** What showing winners takes whose profiles have expired, in milliseconds from when they were asked for. */
export interface Shown {
  readonly first: number;
  readonly last: number;
  /** When every name was known, and kept for whoever asks next. */
  readonly known: number;
}

/** When nothing more has come for so long, that was all, in milliseconds. */
const QUIET = 1_500;
const PATIENCE = 60_000;

/** Shows so many winners, none of whom has a profile in the cache, with a GitHub that takes so long. */
export async function measureWinners(count: number, gitHubTakes: number): Promise<Shown> {
  const server = await startRedis();
  const redis = server.client();
  const standIn = await startScript('stand-in', { env: {} });
  let begin = 0;
  const came: number[] = [];
  const answers = await listen(
    createServer((request, response) => {
      came.push(performance.now() - begin);
      request.resume().on('end', () => response.end('ok'));
    }),
  );
  const bot = await startBot({ redisUrl: server.url, standIn: standIn.said, gitHubTakes, env: {} });
  try {
    const winners = Array.from({ length: count }, (_, index) => [`Prize ${index + 1}`, `somebody-${index}`]);
    await redis.hset('prizedraw:winners', Object.fromEntries(winners));
    begin = performance.now();
    const by = { user: 'U1', channel: CHANNELS.random, responseUrl: answers.url };
    const asked = [signedRequest(commandForm(by, 'winners'))];
    await load(bot.port, [asked], { connections: 1, isRight: () => true });
    const first = performance.now() - begin;
    while (performance.now() - begin < (came.at(-1) ?? first) + QUIET) await sleep(20);
    const last = came.at(-1) ?? first;
    // Whoever asks again has the rest looked up.
    while ((await redis.exists('prizedraw:winners_json')) === 0) {
      if (performance.now() - begin > PATIENCE) throw new Error('The names of the winners did not become known.');
      await load(bot.port, [asked], { connections: 1, isRight: () => true });
    }
    return { first: came[0] ?? first, last, known: performance.now() - begin };
  } finally {
    await bot.close();
    await answers.close();
    await standIn.close();
    await server.close();
  }
}
