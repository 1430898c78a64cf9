import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { ChainInfo } from 'drand-client';
import type { Redis } from 'ioredis';
import { counted } from './announcements/counted.ts';
import type { Check } from './announcements/messenger.ts';
import { commonSettings, SettingsInUse } from './announcements/settings.ts';
import { trackDraws } from './announcements/tracking.ts';
import { Worker } from './announcements/worker.ts';
import type { Config } from './config.ts';
import { createDrand } from './drand/index.ts';
import { createDraws } from './draw/index.ts';
import type { ReadEntrantList } from './draw/redis-sets.ts';
import { createGitHub } from './github/client.ts';
import { clientLogger, type Log } from './log.ts';
import { createMetrics, type Usage } from './metrics.ts';
import { createMetricsPage } from './metrics-page.ts';
import { watchRedis } from './redis-health.ts';
import type { RedisProblem } from './redis-problem.ts';
import { takeOver } from './release-1/take-over.ts';
import { clientOptions, createApp, register, trackRequests } from './slack/app.ts';
import { slackMessenger } from './slack/channel.ts';
import { createCheckChannel } from './slack/check-channel.ts';
import { createTellMember } from './slack/direct-messages.ts';
import { Directory } from './slack/directory.ts';
import { Identity } from './slack/identity.ts';
import { NAMES } from './slack/listeners/names.ts';
import { createOrganiser } from './slack/organiser.ts';
import { PickFollower } from './slack/pick-follower.ts';
import { SlackEventsReceiver } from './slack/receiver.ts';
import type { Services } from './slack/services.ts';
import { SlackTime } from './slack/slack-time.ts';
import { SocketKeeper } from './slack/socket/keeper.ts';
import { SocketEventsReceiver } from './slack/socket/receiver.ts';
import { createWeb, listen, type Readiness } from './web.ts';

/** Requests in hand may take this long to finish at the end, in milliseconds. */
const FINISH_TIME = 6_000;

export interface BotOptions {
  readonly config: Config;
  readonly log: Log;
  readonly redis: Redis;
  /** What the process has used since it began, for the metrics. */
  readonly usage: () => Usage;
  /** How the entrants of large draws are read; into this process when left out (see `entrant-threads`). */
  readonly readEntrantList?: ReadEntrantList;
  /** Told in plain words when Slack refuses a token for good. */
  readonly onRefused?: (reason: string) => void;
  /** The address to listen at; every one of the machine's when left out. */
  readonly host?: string;
  /** Another chain of drand than the pinned one, for tests. */
  readonly drandChain?: ChainInfo;
  /** How long a pick may take before whoever asked is told, in milliseconds; 85 seconds when left out. */
  readonly pickPatience?: number | undefined;
  /** How long a newer version's pick is left to it, in milliseconds; 40 seconds when left out. */
  readonly leftToNewer?: number | undefined;
}

/** The whole bot, put together and running. */
export interface Bot {
  /** Where the health checks, and in HTTP mode Slack's requests, are answered. */
  readonly port: number;
  /** Finishes what is in hand and gives everything back, the Redis client included. */
  stop(): Promise<void>;
}

/**
 * Puts the bot together and starts it. It comes up with Redis, Slack or GitHub away, and recovers by itself.
 * @throws when the port is taken
 */
export async function startBot({
  config,
  log,
  redis,
  usage,
  readEntrantList,
  onRefused = () => {},
  host,
  drandChain,
  pickPatience,
  leftToNewer,
}: BotOptions): Promise<Bot> {
  const { slack, adminChannel, announceChannel } = config;
  const metrics = createMetrics(NAMES);
  const time = new SlackTime();
  const client = new webApi.WebClient(slack.botToken, { ...clientOptions(config, time), logger: clientLogger(log) });
  const github = createGitHub({ ...config.github, log, observe: metrics.lookedUp });
  const drand = createDrand({ urls: config.drandUrls, log, ...(drandChain ? { chain: drandChain } : {}) });
  const { keyPrefix: prefix, entriesPerMember, randomness } = config;
  const home = announceChannel;
  const draws = createDraws({
    redis,
    profiles: github,
    beacon: drand,
    home,
    prefix,
    entriesPerMember,
    randomness,
    leftToNewer,
    ...(readEntrantList ? { readEntrantList } : {}),
    takeOver: (context) => takeOver(context, log),
  });
  const health = watchRedis(redis, config.redisUrl, log, draws.keys.probe, metrics.redisError);
  const settings = new SettingsInUse(redis, draws.keys, commonSettings(config), log);
  const askOnce = askingOnce(config, log, time);
  const messenger = slackMessenger(askOnce, time);
  const worker = new Worker({ draws, redis, messenger: counted(messenger, metrics), settings, log });
  const pickFollower = new PickFollower({ draws, patience: pickPatience });
  const mayOrganise = (id: string): boolean => id === adminChannel;
  const identity = new Identity(client, log);
  const { receiver, socket, slackEvents } = createReceiver(config, log, time);

  const app = createApp(config, receiver, log, time);
  const finishRequests = trackRequests(app, metrics);
  const services: Services = {
    draws,
    directory: new Directory(draws),
    organiser: createOrganiser({ worker, mayOrganise }),
    pickFollower,
    worker,
    settings,
    checkChannel: createCheckChannel(client),
    tellMember: createTellMember(
      askOnce(() => {}),
      log,
    ),
    mayOrganise,
    client,
    counts: metrics,
    now: () => new Date(),
    problems: () => {
      const words = health.problem()?.words;
      const ofRedis = words === undefined ? undefined : `Redis cannot be used: ${words}.`;
      return [ofRedis, settings.problem, time.problem(Date.now())].filter((problem) => problem !== undefined);
    },
  };
  register(app, services, log);

  const readiness = async (): Promise<Readiness> => ({
    redis: saidOfRedis(await health.look()),
    slack: (socket ? socket.isOpen : identity.isKnown) ? 'ok' : 'not connected',
    settings: settings.isAgreed ? 'ok' : (settings.problem ?? 'not known'),
    clock: time.problem(Date.now()) ?? 'ok',
    announcements: await worker.problems().then(
      ([first]) => first?.problem ?? 'ok',
      () => 'not known',
    ),
  });
  const page = createMetricsPage({ metrics, github, redis, health, keys: draws.keys, usage });
  const web = createWeb({ log, metrics: page, readiness, slackEvents });
  const port = await listen(web, config.port, host);

  if (redis.status === 'wait') redis.connect().catch(() => {});
  const established = identity.establish([...new Set([adminChannel, announceChannel])], onRefused);
  socket?.start(onRefused);
  worker.start();
  const stopTracking = trackDraws({ redis, prefix, home, worker, log });
  if (adminChannel === announceChannel) {
    log.warn(`The admin channel is the announcement channel too: everybody in it may start, close and pick a draw.`);
  }
  log.info({ port, mode: slack.mode.kind }, `prizedraw is running (${slack.mode.kind} mode, port ${port})`);

  return {
    port,
    async stop() {
      identity.stop();
      pickFollower.stop();
      stopTracking();
      const closed = closeWeb(web);
      // Answers go out over the socket, so it is closed after them.
      await finishRequests(FINISH_TIME);
      await socket?.stop();
      await Promise.all([worker.stop(), github.close(), drand.close()]);
      // A call under way ends by itself; nothing depends on it any more.
      await Promise.race([established, sleep(100)]);
      await closed;
      health.stop();
      page.stop();
      draws.close();
      redis.disconnect();
      log.info('prizedraw has stopped');
    },
  };
}

/** What the health check says of Redis: of one that does not answer, the reason is in the log. */
function saidOfRedis(problem: RedisProblem | undefined): string {
  if (problem === undefined) return 'ok';
  return problem.kind === 'away' || problem.kind === 'refuses' ? 'does not answer' : problem.words;
}

/**
 * Makes clients for announcements: each asks Slack once, and not at all where `check` throws. The worker itself tries
 * again, as it must look first whether the message has arrived.
 */
function askingOnce(config: Config, log: Log, time: SlackTime): (check: Check) => webApi.WebClient {
  const options = clientOptions(config, time);
  return (check) =>
    new webApi.WebClient(config.slack.botToken, {
      ...options,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: clientLogger(log),
      fetch: (input, init) => {
        check();
        return options.fetch(input, init);
      },
    });
}

function createReceiver({ slack, ...config }: Config, log: Log, time: SlackTime) {
  if (slack.mode.kind === 'http') {
    const receiver = new SlackEventsReceiver(slack.mode.signingSecret, log);
    return { receiver, socket: undefined, slackEvents: receiver.handle };
  }
  const receiver = new SocketEventsReceiver(log);
  const client = new webApi.WebClient(slack.mode.appToken, {
    ...clientOptions({ slack, ...config }, time),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: clientLogger(log),
  });
  return { receiver, socket: new SocketKeeper({ client, receiver, log }), slackEvents: undefined };
}

/** Takes no new connections, and ends each one that is there once it is idle. */
async function closeWeb(web: Server): Promise<void> {
  const closing = setInterval(() => web.closeIdleConnections(), 50);
  const enough = setTimeout(() => web.closeAllConnections(), FINISH_TIME);
  await new Promise((resolve) => web.close(resolve));
  clearInterval(closing);
  clearTimeout(enough);
}
