import { config as loadEnvFile } from 'dotenv';
import { parseRedisSettings } from '../config.ts';
import { headOfFile, lineOfFile } from '../draw/fair/file.ts';
import { createDraws } from '../draw/index.ts';
import { connectOrGiveUp, giveUp, offerHelp } from './program.ts';

loadEnvFile({ quiet: true });

const HELP = `node dist/cli/export-proof.js [CHANNEL] > FILE

Writes the record of the last pick and its entrants, of the draw in a channel (its ID; else PRIZEDRAW_ANNOUNCE_CHANNEL).
Needs the settings REDIS_URL, PRIZEDRAW_KEY_PREFIX and PRIZEDRAW_ANNOUNCE_CHANNEL.`;

const [channel] = process.argv.slice(2);
offerHelp(HELP);

const settings = parseRedisSettings(process.env);
if (settings === undefined)
  giveUp(
    'REDIS_URL, PRIZEDRAW_KEY_PREFIX or PRIZEDRAW_ANNOUNCE_CHANNEL is wrong or missing; npm start says in what way.',
  );
const redis = await connectOrGiveUp(settings.redisUrl, settings.keyPrefix);

// Nothing is looked up for a record.
const profiles = { lookUp: async () => ({ kind: 'unreachable' as const }) };
const draws = createDraws({ redis, profiles, prefix: settings.keyPrefix, home: settings.announceChannel });
const draw = channel === undefined ? draws.home : draws.in(channel);
const record = await draw.lastProof();
if (record === undefined) {
  giveUp(`There is no record of a pick in Redis under the prefix ${settings.keyPrefix} (PRIZEDRAW_KEY_PREFIX).`);
}
if (record.source === 'another program') {
  giveUp('Another program picked the last winners: there is no record to check that by.');
}
if (record.source === 'spop')
  giveUp('The last winners were picked by Redis’s SPOP: there is no record to check that by.');
process.stdout.write(`${headOfFile(record)}\n`);
process.stdout.write(`${(await draw.entrantsOfProof(record)).map(lineOfFile).join('\n')}\n`);
redis.disconnect();
