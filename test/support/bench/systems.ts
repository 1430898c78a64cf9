import { startRedis, type TestRedis } from '../redis.ts';
import { load } from './load.ts';
import { type Server, startBot, startScript } from './processes.ts';
import { CHANNELS, commandForm, SECRET, signedRequest } from './requests.ts';
import { type SlackSocket, startSlackSocket } from './socket.ts';
import type { Systems } from './works.ts';

export interface RunningSystems extends Systems {
  readonly server: TestRedis;
  close(): Promise<void>;
}

/** Starts Redis, the bot in HTTP mode and over Socket Mode, and what it is compared with; a draw is open. */
export async function startSystems(profileTo: string | undefined): Promise<RunningSystems> {
  const server = await startRedis();
  const redisUrl = server.url;
  const closing: { close(): Promise<unknown> }[] = [server];
  const kept = <T extends { close(): Promise<unknown> }>(each: T): T => {
    closing.unshift(each);
    return each;
  };
  const standIn = kept(await startScript('stand-in', { env: {} })).said;
  const env = { SIGNING_SECRET: SECRET };
  const servers = new Map<string, Server & { readonly socket?: SlackSocket }>();
  servers.set('bolt', await startScript('servers/bolt', { env }));
  servers.set('bolt-script', await startScript('servers/bolt', { env: { ...env, REDIS_URL: redisUrl } }));
  servers.set('express', await startScript('servers/express', { env: { REDIS_URL: redisUrl } }));
  servers.set('bot', await startBot({ redisUrl, standIn, env: {}, profileTo }));
  // Other keys: two processes on one draw tell each other what they do.
  const slow = { PRIZEDRAW_KEY_PREFIX: 'slow' };
  servers.set('bot-100', await startBot({ redisUrl, standIn, env: slow, gitHubTakes: 100 }));
  await startDraw(servers.get('bot'));
  await startDraw(servers.get('bot-100'));
  for (const each of servers.values()) kept(each);
  return {
    server,
    redis: server.client(),
    redisUrl,
    servers,
    responseUrl: `${standIn}/response`,
    close: async () => {
      for (const each of closing) await each.close();
    },
  };
}

/** Has the bot open a draw. */
export async function startDraw(bot: Server | undefined, start = 'start "A cap"'): Promise<void> {
  const by = { user: 'U0ORGANISER', channel: CHANNELS.admin, responseUrl: 'http://127.0.0.1:9/' };
  const opened = (answer: string) => answer.includes('The draw is open');
  const { wrong } = await load(bot?.port ?? 0, [[signedRequest(commandForm(by, start))]], {
    connections: 1,
    isRight: opened,
  });
  if (wrong !== undefined) throw new Error(`The draw could not be started: ${wrong}`);
}

/** Starts Bolt's own Socket Mode and the bot's, on a Redis of their own; a draw is open. */
export async function startSocketSystems(profileTo: string | undefined): Promise<RunningSystems> {
  const server = await startRedis();
  const redisUrl = server.url;
  const redis = server.client();
  const closing: { close(): Promise<unknown> }[] = [server];
  const servers = new Map<string, Server & { readonly socket: SlackSocket }>();
  const add = async (name: string, start: (standIn: string) => Promise<Server>): Promise<void> => {
    const socket = await startSlackSocket();
    const standIn = await startScript('stand-in', { env: { SOCKET_URL: socket.url } });
    const started = await start(standIn.said);
    await socket.connected();
    servers.set(name, { ...started, socket });
    closing.unshift(started, standIn, socket);
  };
  await add('bolt-socket', (standIn) =>
    startScript('servers/bolt', { env: { REDIS_URL: redisUrl, SLACK_API_URL: `${standIn}/api/` } }),
  );
  await add('bot-socket', (standIn) =>
    startBot({ redisUrl, standIn, env: { SLACK_APP_TOKEN: 'xapp-1-bench' }, profileTo }),
  );
  const by = { user: 'U0ORGANISER', channel: CHANNELS.admin, responseUrl: 'http://127.0.0.1:9/' };
  await servers
    .get('bot-socket')
    ?.socket.load([commandForm(by, 'start "A cap"')], 1, (answer) => answer.includes('The draw is open'));
  await redis.set('plain:is_open', 'true');
  return {
    server,
    redis,
    redisUrl,
    servers,
    responseUrl: 'http://127.0.0.1:9/',
    close: async () => {
      for (const each of closing) await each.close();
    },
  };
}
