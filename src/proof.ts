import { config as loadEnvFile } from 'dotenv';
import { parseRedisSettings } from './config.ts';
import { headOfFile } from './draw/fair/file.ts';
import { createDraw } from './draw/index.ts';
import { createRedis, shownAddress } from './redis.ts';

loadEnvFile({ quiet: true });

/** Ends the process with one plain line. */
function giveUp(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

const settings = parseRedisSettings(process.env);
if (settings === undefined) giveUp('REDIS_URL or PRIZEDRAW_KEY_PREFIX is wrong; npm start says in what way.');
const redis = createRedis(settings.redisUrl);
redis.on('error', () => {});
await redis.connect().catch(() => giveUp(`Redis at ${shownAddress(settings.redisUrl)} does not answer.`));

// Nothing is looked up for a record.
const profiles = { lookUp: async () => ({ kind: 'unreachable' as const }) };
const draw = createDraw({ redis, profiles, prefix: settings.keyPrefix });
const record = await draw.lastProof();
if (record === undefined) {
  giveUp(`There is no record of a pick in Redis under the prefix ${settings.keyPrefix} (PRIZEDRAW_KEY_PREFIX).`);
}
if (!('winners' in record))
  giveUp('The last winners were picked by Redis’s SPOP: there is no record to check that by.');
process.stdout.write(`${headOfFile(record)}\n`);
for await (const batch of draw.entrantsOfProof()) process.stdout.write(`${batch.join('\n')}\n`);
redis.disconnect();
