import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createRedis } from '../../../src/redis.ts';
import { type Server, startServer } from '../redis-server.ts';

/** Several servers of Redis, of which one has the keys of a test, and others copies of them. */
export interface Topology {
  /** As `REDIS_URL` has it, with every password. */
  readonly url: string;
  readonly keyPrefix: string;
  /** A client as the bot has it, connected; ended by `close`. */
  client(): Promise<Redis>;
  /** The server that has the keys. */
  master(): Promise<Server>;
  /** Freezes or kills that one, and waits until another has taken over. */
  failOver(signal: 'SIGKILL' | 'SIGSTOP'): Promise<void>;
  /**
   * Freezes every server that keeps data but the one that has the keys.
   * @returns lets them go on
   */
  freezeOthers(): Promise<() => void>;
  /** Waits until there is a replica, and all have what the server with the keys has. */
  replicated(): Promise<void>;
  /** Starts the one that was killed again, or lets the frozen one go on. */
  comeBack(): Promise<void>;
  /** Ends all servers and clients, and deletes their data. */
  close(): Promise<void>;
}

/** A user's password with everything in it that an address must write in another way. */
export const PASSWORD = 'p@ss/w?rd:1';
export const WRITTEN = encodeURIComponent(PASSWORD);

/** Replicas begin to copy at once, and a copy that breaks off goes on where it was. */
export const REPLICATION = ['--save', '', '--appendonly', 'no', '--repl-diskless-sync-delay', '0'] as const;

/** Asks one server by a connection of its own. */
export async function asking<T>(port: number, password: string | undefined, work: (redis: Redis) => Promise<T>) {
  const redis = new Redis(port, '127.0.0.1', { password, commandTimeout: 2_000, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** Waits until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await isSo().catch(() => false)); await pause(25)) {
    if (Date.now() > end) throw new Error(`Not within 30 seconds: ${what}`);
  }
}

/** Starts one of the servers, as `startServer` does. */
export type Launch = typeof startServer;

/**
 * Starts servers in a folder for all of them.
 * @throws what `start` throws, once those that run already have ended
 */
export async function startTogether(
  name: string,
  start: (folder: string, launch: Launch) => Promise<Topology>,
): Promise<Topology> {
  const folder = mkdtempSync(join(tmpdir(), `prizedraw-${name}-`));
  const launched: Promise<Server>[] = [];
  let hasFailed = false;
  const launch: Launch = (...given) => {
    if (hasFailed) throw new Error('Another server could not be started.');
    const server = startServer(...given);
    launched.push(server);
    return server;
  };
  try {
    return await start(folder, launch);
  } catch (error) {
    hasFailed = true;
    for (const server of await Promise.allSettled(launched)) {
      if (server.status === 'fulfilled') await server.value.end();
    }
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Parts {
  readonly url: string;
  readonly keyPrefix: string;
  readonly servers: Server[];
  /** The port of the server that has the keys, as the others say who are not `besides`. */
  masterPort(besides?: Server): Promise<number>;
  /** Those that keep no data. */
  readonly helpers?: readonly Server[];
  /** Starts a server again that has ended; it copies the master's data. */
  start(port: number, master: number): Promise<Server>;
  /** The folder that has those of all servers. */
  readonly folder: string;
}

/** What all have in common. */
export function topologyOf({ url, keyPrefix, servers, helpers = [], masterPort, start, folder }: Parts): Topology {
  const clients = new Set<Redis>();
  let gone: Server | undefined;
  /** While a failover is under way, nobody may know. */
  const findMaster = async (besides?: Server): Promise<number> => {
    let port = 0;
    await until('it is known which server has the keys', async () => {
      port = await masterPort(besides);
      return true;
    });
    return port;
  };
  const serverAt = (port: number): Server => {
    const server = servers.find((each) => each.port === port);
    if (server === undefined) throw new Error(`There is no server at port ${port}.`);
    return server;
  };
  return {
    url,
    keyPrefix,
    client: async () => {
      const redis = createRedis(url, keyPrefix);
      redis.on('error', () => {});
      clients.add(redis);
      await redis.connect();
      return redis;
    },
    master: async () => serverAt(await findMaster()),
    failOver: async (signal) => {
      const old = serverAt(await findMaster());
      gone = old;
      old.signal(signal);
      await until('another server takes over', async () => (await masterPort(old)) !== old.port);
    },
    freezeOthers: async () => {
      const port = await findMaster();
      const others = servers.filter((server) => server.port !== port && server.isRunning());
      for (const server of others) server.signal('SIGSTOP');
      return () => {
        for (const server of others) server.signal('SIGCONT');
      };
    },
    replicated: async () => {
      const port = await findMaster();
      await until('the replicas have everything', () =>
        asking(port, PASSWORD, async (redis) => {
          // Any of them may take over.
          const count = (await redis.info('replication')).match(/state=online/g)?.length ?? 1;
          await redis.set(`${keyPrefix}:replicated`, '1', 'PX', 1_000);
          return (await redis.wait(count, 500)) >= count;
        }),
      );
    },
    comeBack: async () => {
      if (gone === undefined) return;
      if (gone.isRunning()) gone.signal('SIGCONT');
      else {
        await gone.end();
        servers[servers.indexOf(gone)] = await start(gone.port, await findMaster(gone));
      }
      gone = undefined;
    },
    close: async () => {
      for (const client of clients) client.disconnect();
      await Promise.all([...servers, ...helpers].map((server) => server.end()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
