/** The built bot with a beacon of the bench's own: its chain is in CHAIN. */
import { parseConfig } from '../../../../src/config.ts';
import { createLog } from '../../../../src/log.ts';
import { createRedis } from '../../../../src/redis.ts';
import { ROOT } from '../../process/run.ts';

const { startBot }: typeof import('../../../../src/compose.ts') = await import(`${ROOT}dist/compose.js`);
const { readInThreads }: typeof import('../../../../src/entrant-threads/index.ts') = await import(
  `${ROOT}dist/entrant-threads/index.js`
);

const parsed = parseConfig(process.env);
if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
const { redisUrl, keyPrefix } = parsed.config;
const redis = createRedis(redisUrl, keyPrefix);
const onProblem = (error: Error): never => {
  throw error;
};
const bot = await startBot({
  config: parsed.config,
  log: createLog('info', []),
  redis,
  usage: () => ({ cpuSeconds: 0, memory: 0 }),
  readEntrantList: readInThreads({ redis, redisUrl, keyPrefix, onProblem }),
  drandChain: JSON.parse(process.env['CHAIN'] ?? ''),
});
process.stdout.write(`listening at ${bot.port}\n`);
process.once('SIGTERM', () => bot.stop().then(() => process.exit()));
