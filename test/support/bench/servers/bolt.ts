/**
 * What Bolt itself costs: its own receiver, and a listener that acknowledges; with a REDIS_URL, one Lua script before that. With
 * a SLACK_API_URL, over Socket Mode.
 */
import { App } from '@slack/bolt';
import { Redis, type Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    enterPlainly(...keysAndLogin: [string, string, string, string]): Result<string, Context>;
  }
}

const { PORT, REDIS_URL, SIGNING_SECRET: signingSecret = '', SLACK_API_URL: slackApiUrl } = process.env;

// With a token, Bolt would ask Slack whose it is.
const authorize = async () => ({ botToken: 'xoxb-1', botId: 'B0', botUserId: 'U0' });
const app =
  slackApiUrl === undefined
    ? new App({ signingSecret, authorize })
    : new App({
        socketMode: true,
        appToken: 'xapp-1',
        authorize,
        installerOptions: { clientOptions: { slackApiUrl } },
      });

if (REDIS_URL === undefined) {
  app.command('/prizedraw', ({ ack }) => ack('You are in.'));
} else {
  const redis = new Redis(REDIS_URL);
  redis.defineCommand('enterPlainly', {
    numberOfKeys: 3,
    lua: `if redis.call('EXISTS', KEYS[1]) == 0 then return '' end
      local profile = redis.call('GET', KEYS[2])
      redis.call('SADD', KEYS[3], ARGV[1])
      return profile`,
  });
  app.command('/prizedraw', async ({ command, ack }) => {
    const login = command.text.split(' ').at(-1) ?? '';
    const profile = await redis.enterPlainly('plain:is_open', `plain:profiles:${login}`, 'plain:entrants', login);
    await ack(`You are in, as ${login}, ${profile.length}.`);
  });
}

await app.start({ port: Number(PORT), host: '127.0.0.1' });
process.stdout.write('listening\n');

// So that it leaves its profile behind.
process.once('SIGTERM', () => process.exit());
