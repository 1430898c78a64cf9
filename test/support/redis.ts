import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import RedisMock from 'ioredis-mock';
import { atFreePort, type Server, startServer } from './redis-server.ts';

const MISSING = 'redis-server is not installed here (Debian: apt-get install redis-server)';

/** A Redis server of the test's own. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** A new connection with ioredis's defaults; ended by `stop`. */
  client(): Redis;
  /** Freezes the server: connections stay open, nothing is answered. */
  pause(): void;
  /** Lets a frozen server go on. */
  resume(): void;
  /** Ends the server and its clients, and deletes its data. */
  stop(): Promise<void>;
  /** Ends the server, if it runs, and starts it again at the same port. Its data is there again with `appendonly`. */
  restart(): Promise<void>;
  /** Kills the server, and starts it again after some time, in milliseconds. */
  crash(milliseconds: number): Promise<void>;
  /** How often each command was carried out, by its lower-case name; those of scripts included. */
  commandstats(): Promise<Record<string, number>>;
  /** Counts from 0 again. */
  resetStats(): Promise<void>;
  /** The same as `stop`. */
  close(): Promise<void>;
}

export interface RedisOptions {
  /** A free one unless given. */
  readonly port?: number;
  /** Keeps the data on disk, so that it survives `restart`. */
  readonly appendonly?: boolean;
}

/**
 * Whether there is a redis-server to test with; if not, the caller skips its tests and says so.
 * @throws in CI, where nothing may be skipped
 */
export function redisInstalled(): boolean {
  const installed = spawnSync('redis-server', ['--version']).status === 0;
  if (!installed && process.env['CI'] === 'true') throw new Error(MISSING);
  return installed;
}

/** Starts a Redis server on 127.0.0.1 and waits until it answers. It ends with this process, however that ends. */
export async function startRedis({ port, appendonly = false }: RedisOptions = {}): Promise<TestRedis> {
  if (spawnSync('redis-server', ['--version']).status !== 0) throw new Error(MISSING);
  const dir = mkdtempSync(join(tmpdir(), 'prizedraw-redis-'));
  const removeDir = (): void => rmSync(dir, { recursive: true, force: true });
  const storage = ['--save', '', '--appendonly', appendonly ? 'yes' : 'no', '--appendfsync', 'always'];
  const launch = (at: number): Promise<Server> => startServer(at, dir, storage);
  let server = await (port === undefined ? atFreePort(launch) : launch(port)).catch((error: unknown) => {
    removeDir();
    throw error;
  });
  const at = server.port;
  const url = `redis://127.0.0.1:${at}/0`;
  const clients = new Set<Redis>();
  const own = async <T>(work: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  };
  const stop = async (): Promise<void> => {
    for (const client of clients) client.disconnect();
    clients.clear();
    await server.end();
    removeDir();
  };
  return {
    url,
    port: at,
    client: () => {
      const client = new Redis(url);
      // While the server is away, commands fail; without a listener, each attempt to reconnect would be printed too.
      client.on('error', () => {});
      clients.add(client);
      return client;
    },
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    stop,
    restart: async () => {
      await server.end();
      server = await launch(at);
    },
    crash: async (milliseconds) => {
      server.signal('SIGKILL');
      await server.end();
      await pause(milliseconds);
      server = await launch(at);
    },
    commandstats: () => own(async (redis) => countCalls(await redis.info('commandstats'))),
    resetStats: () => own(async (redis) => void (await redis.config('RESETSTAT'))),
    close: stop,
  };
}

/** An empty in-memory stand-in for Redis. None sees another's data; `duplicate()` of one sees its data. */
export function mockRedis(): Redis {
  // ioredis-mock keeps one store for each address.
  const redis = new RedisMock({ host: `${randomUUID()}.invalid` });
  // It is always there, but does not say so.
  redis.status = 'ready';
  return redis;
}

/** Source: redis.io, INFO, section commandstats. A subcommand is counted as `config|resetstat`. */
function countCalls(info: string): Record<string, number> {
  const lines = info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
  return Object.fromEntries([...lines].map(([, command = '', calls]) => [command, Number(calls)]));
}
