import { config as loadEnvFile } from 'dotenv';
import { adoptSettings, commonSettings } from '../announcements/settings.ts';
import { parseAdminChannel, parseRedisSettings } from '../config.ts';
import { keysUnder } from '../draw/keys.ts';
import { connectOrGiveUp, giveUp, offerHelp } from './program.ts';

loadEnvFile({ quiet: true });

const HELP = `node dist/cli/use-settings.js

Has the settings PRIZEDRAW_ANNOUNCE_CHANNEL and PRIZEDRAW_ADMIN_CHANNEL, as they are here, be those of every process of the
bot from now on. Processes that have others announce nothing until they are started anew with these.
Needs REDIS_URL and PRIZEDRAW_KEY_PREFIX, too, as the bot has them.`;

offerHelp(HELP);

const settings = parseRedisSettings(process.env);
const adminChannel = parseAdminChannel(process.env);
if (settings === undefined || adminChannel === undefined)
  giveUp('A setting is wrong or missing; npm start says which, and in what way.');
const redis = await connectOrGiveUp(settings.redisUrl, settings.keyPrefix);
const common = commonSettings({ ...settings, adminChannel });
const keys = keysUnder(settings.keyPrefix, settings.announceChannel);
const changed = await adoptSettings(redis, keys, common);
for (const { setting, mine, inUse } of changed)
  process.stdout.write(`${setting} is ${mine} from now on; it was ${inUse}.\n`);
if (changed.length === 0) process.stdout.write('These settings are in use already.\n');
redis.disconnect();
