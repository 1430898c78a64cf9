import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { createDraws } from '../../../src/draw/index.ts';
import { prepareBot } from '../faults/bot.ts';
import { SCOPES } from '../fixtures/bot.ts';
import { startRedis } from '../redis.ts';
import { isFields } from '../workspace/json.ts';
import type { RecordingProxy } from '../workspace/proxy.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';
import { processorShares } from './processor.ts';

/** What draws cost that are open while nothing happens. */
export interface AtRest {
  /** In percent of a processor core. */
  readonly bot: number;
  readonly redis: number;
  /** Commands a second that Redis carries out, those in scripts included. */
  readonly commands: number;
}

/** What was announced has settled by then, in milliseconds. */
const SETTLED_AFTER = 15_000;

/**
 * Opens draws, each in its channel, has the built bot announce them, and measures for so many seconds.
 * @param settle milliseconds between the last announcement and the measuring
 */
export async function measureAtRest(draws: number, seconds: number, settle = SETTLED_AFTER): Promise<AtRest> {
  const server = await startRedis();
  const slack = await startSlack({ scopes: SCOPES, users: ['olivia'] });
  const bot = await prepareBot(slack, server.url, 'local');
  try {
    const redis = server.client();
    await openDraws(slack, redis, draws);
    await bot.start();
    await announced(bot.slack, draws);
    await sleep(settle);
    const redisPid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
    await server.resetStats();
    const [ofBot = 0, ofRedis = 0] = await processorShares([bot.pid() ?? 0, redisPid], seconds);
    const calls = Object.values(await server.commandstats()).reduce((sum, count) => sum + count, 0);
    return { bot: ofBot, redis: ofRedis, commands: calls / seconds };
  } finally {
    await bot.close();
    await slack.close();
    await server.close();
  }
}

/** Makes channels, and opens a draw in each. */
async function openDraws(slack: Slack, redis: Redis, count: number): Promise<void> {
  const profiles = { lookUp: () => Promise.reject(new Error('Nobody enters.')) };
  const draws = createDraws({ redis, profiles, home: slack.channels.announce });
  for (let index = 0; index < count; index++) {
    const channel = index === 0 ? slack.channels.announce : await slack.addChannel(`draws-${index}`);
    await draws.in(channel).start(['A cap', 'A shirt']);
  }
}

async function announced({ calls }: RecordingProxy, count: number): Promise<void> {
  for (const end = Date.now() + 10 * 60_000; Date.now() < end; await sleep(500)) {
    const posted = calls.filter(
      ({ path, answer }) => path.endsWith('chat.postMessage') && isFields(answer) && answer['ok'],
    );
    if (posted.length >= count) return;
  }
  throw new Error('The bot did not announce every draw in 10 minutes.');
}
