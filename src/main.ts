import { config as loadEnvFile } from 'dotenv';
import { parseConfig, secretsOf } from './config.ts';
import { readInThreads } from './entrant-threads/index.ts';
import { createLog } from './log.ts';
import { createRedis } from './redis.ts';

/** After this time the process ends whatever is still in hand, in milliseconds; the promise is 10 seconds. */
const LAST_MOMENT = 9_000;

loadEnvFile({ quiet: true });
const result = parseConfig(process.env);
if (!result.ok) {
  const help = 'The settings are described in .env.example and README.md.';
  process.stderr.write(`prizedraw cannot start:\n${result.problems.map((line) => `  ${line}\n`).join('')}${help}\n`);
  process.exit(1);
}

// Loaded only now: whoever has a wrong setting learns it at once, not after a second of loading Bolt.
const { startBot } = await import('./compose.ts');

const { config } = result;
const log = createLog(config.logLevel, secretsOf(config));

/** Ends the process with one plain line. */
function giveUp(reason: string): void {
  process.stderr.write(`prizedraw cannot go on: ${reason}\n`);
  process.exit(1);
}

// A fault in one request must not end the others: it is logged, and the process goes on.
process.on('unhandledRejection', (err) => log.error({ err }, 'A promise was rejected and nobody noticed'));

const redis = createRedis(config.redisUrl, config.keyPrefix);
const starting = startBot({
  config,
  log,
  redis,
  usage: () => {
    const { user, system } = process.cpuUsage();
    return { cpuSeconds: (user + system) / 1e6, memory: process.memoryUsage.rss() };
  },
  readEntrantList: readInThreads({
    redis,
    redisUrl: config.redisUrl,
    keyPrefix: config.keyPrefix,
    onProblem: (err) => log.warn({ err }, 'A thread cannot be started: everybody waits while a large draw is picked'),
  }),
  onRefused: (reason) => giveUp(`${reason} Check the token at api.slack.com/apps and start again.`),
});

let stopping = false;
/** Finishes what is in hand. A second signal changes nothing: a terminal and npm both pass on one Ctrl+C. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), LAST_MOMENT).unref();
  try {
    await (await starting).stop();
  } catch (err) {
    log.error({ err }, 'Stopping failed');
  }
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

try {
  await starting;
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  giveUp(
    taken
      ? `the port ${config.port} is taken. Set PORT to another one.`
      : `it could not listen on port ${config.port} (${error instanceof Error ? error.message : error}).`,
  );
}
