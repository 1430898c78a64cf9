import type { Redis } from 'ioredis';
import { createLog } from '../../../src/log.ts';
import { watchRedis } from '../../../src/redis-health.ts';
import { startRedis, type TestRedis } from '../redis.ts';
import { startCluster } from '../topologies/cluster.ts';
import { startSentinels } from '../topologies/sentinel.ts';
import type { Topology } from '../topologies/topology.ts';

/** Where the draws of a run are kept: one server that keeps them on its disk, or several of which each has a copy. */
export interface Place {
  readonly url: string;
  readonly keyPrefix: string;
  /** What other programs, and whoever judges, use. */
  readonly redis: Redis;
  /**
   * The one server.
   * @throws where there are several
   */
  server(): TestRedis;
  /**
   * The several servers.
   * @throws where there is one
   */
  topology(): Topology;
  /**
   * Makes sure that a failover loses nothing of what this client has written or seen.
   * @throws when not all replicas have it, or the connection was lost
   */
  replicated(): Promise<void>;
  close(): Promise<void>;
}

/** How the servers are put together; without, there is one. */
export type Kept = 'sentinel' | 'cluster';

/** Starts the servers. */
export async function startPlace(kept?: Kept): Promise<Place> {
  return kept === undefined ? oneServer() : several(await (kept === 'cluster' ? startCluster() : startSentinels()));
}

async function oneServer(): Promise<Place> {
  const server = await startRedis({ appendonly: true });
  return {
    url: server.url,
    keyPrefix: 'prizedraw',
    redis: server.client(),
    server: () => server,
    topology: () => {
      throw new Error('There is one server.');
    },
    replicated: async () => {},
    close: () => server.close(),
  };
}

async function several(topology: Topology): Promise<Place> {
  const { url, keyPrefix } = topology;
  const redis = await topology.client();
  const probe = `${keyPrefix}:probe_of_faults`;
  // A connection to a server that is frozen is given up.
  const health = watchRedis(redis, url, createLog('silent', []), probe);
  return {
    url,
    keyPrefix,
    redis,
    server: () => {
      throw new Error('There are several servers.');
    },
    topology: () => topology,
    replicated: async () => {
      // Any of them may take over.
      const wanted = (await redis.info('replication')).match(/state=online/g)?.length ?? 1;
      const [, replicas] = await Promise.all([redis.set(probe, '1', 'PX', 1_000), redis.wait(wanted, 1_000)]);
      if (replicas < wanted) throw new Error('Not all replicas have it.');
    },
    close: async () => {
      health.stop();
      await topology.close();
    },
  };
}
