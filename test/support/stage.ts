import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainInfo } from 'drand-client';
import type { Redis } from 'ioredis';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Bot, startBot } from '../../src/compose.ts';
import { type Config, secretsOf } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createRedis } from '../../src/redis.ts';
import { httpTransport } from '../workspace/http.ts';
import type { ChannelMessage } from '../workspace/messages.ts';
import { type Person, person } from '../workspace/people.ts';
import { visibleText } from '../workspace/read.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';
import type { Transport } from '../workspace/transport.ts';
import { type GitHubOptions, startGitHub, type TestGitHub } from './github.ts';

const manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** The scopes that `manifest.yml` asks for; the emulated Slack grants these and no others. */
export const SCOPES: readonly string[] = manifest.parse(
  parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8')),
).oauth_config.scopes.bot;

/** The bot, running between an emulated Slack, an emulated GitHub and a Redis. */
export interface RunningBot {
  readonly bot: Bot;
  /** Its address, without a path. */
  readonly url: string;
  /** HTTP mode: sends it signed requests. */
  readonly transport: Transport;
  /** Every line of its log, level `debug` unless the configuration says otherwise. */
  readonly log: readonly string[];
  /** Why it had to give up. */
  readonly refusals: readonly string[];
  stop(): Promise<void>;
}

/** Where a bot is put. */
export interface Surroundings {
  readonly slack: Slack;
  readonly github: TestGitHub;
  /** The address of a real Redis. */
  readonly redisUrl?: string;
  /** A client for the bot to use, and to disconnect at the end, instead of one of its own. */
  readonly redis?: Redis;
  readonly config?: Partial<Config>;
  /** The chain of drand whose rounds it takes; else the real one. */
  readonly drandChain?: ChainInfo;
}

/** Starts the bot in HTTP mode, unless `config` says otherwise, at a free port. */
export async function runBot({
  slack,
  github,
  redisUrl,
  redis,
  config,
  drandChain,
}: Surroundings): Promise<RunningBot> {
  const mode = { kind: 'http', signingSecret: slack.signingSecret } as const;
  const all: Config = {
    slack: { botToken: slack.botToken, apiUrl: slack.apiUrl, mode },
    adminChannel: slack.channels.admin,
    announceChannel: slack.channels.announce,
    redisUrl: redisUrl ?? 'redis://embedded',
    keyPrefix: 'prizedraw',
    entriesPerMember: 1,
    randomness: 'local',
    drandUrls: ['http://127.0.0.1:9'],
    github: { apiUrl: github.url, token: undefined },
    port: 0,
    logLevel: 'debug',
    ...config,
  };
  const log: string[] = [];
  const refusals: string[] = [];
  const bot = await startBot({
    config: all,
    log: createLog(all.logLevel, secretsOf(all), { write: (line) => void log.push(line) }),
    redis: redis ?? createRedis(all.redisUrl),
    onRefused: (reason) => refusals.push(reason),
    host: '127.0.0.1',
    ...(drandChain ? { drandChain } : {}),
  });
  const url = `http://127.0.0.1:${bot.port}`;
  const transport = httpTransport({ url, signingSecret: slack.signingSecret });
  return {
    bot,
    url,
    transport,
    log,
    refusals,
    stop: async () => {
      await bot.stop();
      await transport.close();
    },
  };
}

/** The bot in HTTP mode with a Slack and a GitHub of its own. */
export interface Stage extends RunningBot {
  readonly slack: Slack;
  readonly github: TestGitHub;
  /** A member of the workspace. */
  member(name: string): Person;
  /** The messages in the announcement channel, oldest first. */
  announcements(): Promise<ChannelMessage[]>;
  /** Waits for the newest announcement that says `words`, at most `patience` milliseconds. */
  announced(words: string, patience?: number): Promise<ChannelMessage>;
  close(): Promise<void>;
}

export interface StageOptions extends Omit<Surroundings, 'slack' | 'github'> {
  readonly users?: readonly string[];
  readonly organisers?: readonly string[];
  readonly gitHub?: GitHubOptions;
}

/** Sets everything up but Redis. */
export async function setStage({ users, organisers, gitHub, ...rest }: StageOptions): Promise<Stage> {
  const slack = await startSlack({
    scopes: SCOPES,
    ...(users ? { users } : {}),
    ...(organisers ? { organisers } : {}),
  });
  const github = await startGitHub(gitHub);
  const running = await runBot({ slack, github, ...rest });
  const announcements = () => slack.messages(slack.channels.announce);
  return {
    ...running,
    slack,
    github,
    member: (name) => person(slack, running.transport, name),
    announcements,
    announced: (words, patience = 10_000) =>
      until(async () => (await announcements()).findLast((message) => visibleText(message).includes(words)), {
        patience,
        what: `an announcement that says “${words}”`,
      }),
    close: async () => {
      await running.stop();
      await github.close();
      await slack.close();
    },
  };
}

/**
 * Looks every 25 ms until there is something to see.
 * @returns what `look` returned that was not undefined
 * @throws when nothing is seen within `patience` milliseconds
 */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  { patience = 10_000, what = 'it' }: { readonly patience?: number; readonly what?: string } = {},
): Promise<T> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(25)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`Waited ${patience} ms in vain for ${what}.`);
}
