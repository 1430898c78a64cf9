import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import { createDraws } from '../../../src/draw/index.ts';
import { prepareBot } from '../faults/bot.ts';
import { SCOPES } from '../fixtures/bot.ts';
import build from '../process/build.ts';
import { startRedis } from '../redis.ts';
import { isFields } from '../workspace/json.ts';
import type { RecordingProxy } from '../workspace/proxy.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';
import { processorShares } from './processor.ts';

const HELP = `npm run at-rest -- [--draws 1000] [--seconds 60]

Opens many draws at once, each in its channel, has the built bot announce them, and measures how much of a processor
core it takes while nothing happens. Needs redis-server, and Linux.
  --draws    how many draws
  --seconds  how long to measure`;

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    help: { type: 'boolean' },
  },
});
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** What was announced has settled by then, in milliseconds. */
const SETTLED_AFTER = 15_000;

async function main(): Promise<void> {
  const draws = Number(values.draws);
  const seconds = Number(values.seconds);
  build();
  const server = await startRedis();
  const slack = await startSlack({ scopes: SCOPES, users: ['olivia'] });
  const bot = await prepareBot(slack, server.url, 'local');
  try {
    const redis = server.client();
    await openDraws(slack, redis, draws);
    await bot.start();
    await announced(bot.slack, draws);
    await sleep(SETTLED_AFTER);
    const redisPid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
    await server.resetStats();
    const shares = await processorShares([bot.pid() ?? 0, redisPid], seconds);
    const calls = Object.values(await server.commandstats()).reduce((sum, count) => sum + count, 0);
    const [ofBot = 0, ofRedis = 0] = shares.map((share) => Number(share.toFixed(2)));
    write(
      `${draws} draws open, ${seconds} s at rest: bot ${ofBot} % of a core, redis-server ${ofRedis} % of a core, ${Math.round(calls / seconds)} commands a second (those in scripts included)`,
    );
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

if (values.help) write(HELP);
else await main();
