import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Bot, startBot } from '../../src/compose.ts';
import { createLog } from '../../src/log.ts';
import { createRedis } from '../../src/redis.ts';
import { startGitHub } from '../support/github.ts';
import { mockRedis } from '../support/redis.ts';
import { httpTransport } from '../workspace/http.ts';
import { type Person, person } from '../workspace/people.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';

const manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** An emulated Slack and GitHub, a Redis, and the real bot between them. */
export interface Stage {
  readonly slack: Slack;
  /** A member of the workspace. */
  member(name: string): Person;
  close(): Promise<void>;
}

/** A member of the workspace, and who they are on GitHub. */
export interface Cast {
  readonly name: string;
  readonly login: string;
  readonly realName: string;
}

/**
 * Sets everything up. Redis is embedded, unless there is an address of a real one.
 * @param redisUrl a real Redis; the demo keeps to keys of its own there, and deletes them at the end
 */
export async function setStage(cast: readonly Cast[], redisUrl: string | undefined): Promise<Stage> {
  const { oauth_config } = manifest.parse(parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8')));
  const slack = await startSlack({
    scopes: oauth_config.scopes.bot,
    users: cast.map(({ name }) => name),
    organisers: ['olivia'],
  });
  const github = await startGitHub({ users: cast.map(({ login, realName }) => ({ login, name: realName })) });
  const redis = redisUrl === undefined ? mockRedis() : createRedis(redisUrl);
  const keyPrefix = `prizedraw-demo-${process.pid}`;
  const bot = await startBot({
    config: {
      slack: {
        botToken: slack.botToken,
        apiUrl: slack.apiUrl,
        mode: { kind: 'http', signingSecret: slack.signingSecret },
      },
      adminChannel: slack.channels.admin,
      announceChannel: slack.channels.announce,
      redisUrl: redisUrl ?? 'redis://embedded',
      keyPrefix,
      github: { apiUrl: github.url, token: undefined },
      port: 0,
      logLevel: 'error',
    },
    log: createLog('error', []),
    redis,
  });
  const transport = httpTransport({ url: `http://127.0.0.1:${bot.port}`, signingSecret: slack.signingSecret });
  return {
    slack,
    member: (name) => person(slack, transport, name),
    close: async () => {
      await removeKeys(redis, keyPrefix);
      await end(bot, [transport, github, slack]);
    },
  };
}

async function removeKeys(redis: Redis, prefix: string): Promise<void> {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
}

async function end(bot: Bot, others: ReadonlyArray<{ close(): Promise<void> }>): Promise<void> {
  await bot.stop();
  for (const other of others) await other.close();
}
