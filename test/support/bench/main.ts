import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import build from '../process/build.ts';
import { startRedis } from '../redis.ts';
import { CONNECTIONS, measure } from './entering.ts';
import { load } from './load.ts';
import { type Server, startBot, startScript } from './processes.ts';
import { CHANNELS, commandForm, SECRET, signedRequest } from './requests.ts';
import { ENTER, OTHERS, WORKS } from './works.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
    only: { type: 'string' },
    requests: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
  },
});

async function main() {
  build();
  const server = await startRedis();
  const redis = server.client();
  const standIn = await startScript('stand-in', { env: {} });
  const profileTo = values.profile;
  if (profileTo) mkdirSync(profileTo, { recursive: true });
  const env = { SIGNING_SECRET: SECRET };
  const servers = new Map<string, Server>([
    ['bolt', await startScript('servers/bolt', { env })],
    ['bolt-script', await startScript('servers/bolt', { env: { ...env, REDIS_URL: server.url }, profileTo })],
    ['express', await startScript('servers/express', { env: { REDIS_URL: server.url } })],
    ['bot', await startBot({ redisUrl: server.url, standIn: standIn.said, env: {}, profileTo })],
    [
      'bot-100',
      await startBot({
        redisUrl: server.url,
        standIn: standIn.said,
        env: { PRIZEDRAW_KEY_PREFIX: 'slow' },
        gitHubTakes: 100,
      }),
    ],
  ]);
  try {
    const start = signedRequest(
      commandForm({ user: 'U1', channel: CHANNELS.admin, responseUrl: 'http://127.0.0.1:9/' }, 'start "A cap"'),
    );
    await load(servers.get('bot')?.port ?? 0, [[start]], 1, () => true);
    const works = values.only === 'all' ? [...OTHERS, ...WORKS] : [...OTHERS.slice(1, 2), ENTER];
    const rows = await measure(
      works,
      { redis, redisUrl: server.url, servers, requests: Number(values.requests), rounds: Number(values.rounds) },
      values.only === 'all' ? CONNECTIONS : [50],
    );
    for (const row of rows)
      console.log(
        row.work.padEnd(40),
        String(row.connections).padStart(4),
        row.rate.toFixed(0).padStart(7),
        row.p50.toFixed(1).padStart(7),
        row.p99.toFixed(1).padStart(7),
        row.cpu.toFixed(0).padStart(7),
        row.roundTrips,
      );
  } finally {
    for (const each of servers.values()) await each.close();
    await standIn.close();
    await server.close();
  }
}
await main();
