import { join } from 'node:path';
import { atFreePort, type Server } from '../redis-server.ts';
import { freePort } from '../workspace/loopback.ts';
import {
  asking,
  type Launch,
  PASSWORD,
  REPLICATION,
  startTogether,
  type Topology,
  topologyOf,
  until,
  WRITTEN,
} from './topology.ts';

/** After this time without an answer, the others take a node for dead, in milliseconds. */
const NODE_TIMEOUT = 1_000;

const SLOTS = [
  [0, 5460],
  [5461, 10922],
  [10923, 16383],
] as const;

const KEY_PREFIX = '{prizedraw}';

/** A Redis Cluster of three masters with a replica each, which ask for a password. */
export function startCluster(): Promise<Topology> {
  return startTogether('cluster', start);
}

async function start(folder: string, launch: Launch): Promise<Topology> {
  const busPorts = new Map<number, number>();
  const startOne = async (port: number): Promise<Server> => {
    const busPort = busPorts.get(port) ?? (await freePort());
    busPorts.set(port, busPort);
    const settings = {
      'cluster-enabled': 'yes',
      'cluster-port': String(busPort),
      'cluster-node-timeout': String(NODE_TIMEOUT),
      'cluster-replica-validity-factor': '0',
      requirepass: PASSWORD,
      masterauth: PASSWORD,
    };
    const more = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    return launch(port, join(folder, String(port)), [...REPLICATION, ...more], PASSWORD);
  };
  const servers = await Promise.all(Array.from({ length: 6 }, () => atFreePort(startOne)));
  await meet(servers, busPorts);

  const nodes = (port: number): Promise<string> =>
    asking(port, PASSWORD, async (redis) => String(await redis.call('CLUSTER', 'NODES')));
  const slot = await asking(servers[0]?.port ?? 0, PASSWORD, (redis) => redis.cluster('KEYSLOT', `${KEY_PREFIX}:`));
  const masterPort = async (besides?: Server): Promise<number> => {
    for (const { port } of servers.filter((server) => server !== besides && server.isRunning())) {
      const masters = (await nodes(port).catch(() => '')).matchAll(
        /:(?<port>\d+)@\d+ (?:myself,)?master - .* connected (?<from>\d+)-(?<to>\d+)$/gm,
      );
      for (const { groups: { port: at, from, to } = {} } of masters)
        if (Number(from) <= slot && slot <= Number(to)) return Number(at);
    }
    throw new Error('No node has the slot.');
  };
  const seeds = servers.slice(0, 3).map(({ port }) => `127.0.0.1:${port}`);
  return topologyOf({
    url: `redis+cluster://:${WRITTEN}@${seeds.join(',')}`,
    keyPrefix: KEY_PREFIX,
    servers,
    masterPort,
    start: startOne,
    folder,
  });
}

/** Makes a cluster of six nodes; the last three are replicas of the first three. */
async function meet(servers: readonly Server[], busPorts: ReadonlyMap<number, number>): Promise<void> {
  const ids: string[] = [];
  for (const [index, { port }] of servers.entries()) {
    await asking(port, PASSWORD, async (redis) => {
      ids.push(String(await redis.call('CLUSTER', 'MYID')));
      await redis.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
      const [from, to] = SLOTS[index] ?? [];
      if (from !== undefined && to !== undefined) await redis.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
    });
  }
  for (const { port } of servers) {
    await asking(port, PASSWORD, async (redis) => {
      for (const other of servers) {
        const busPort = busPorts.get(other.port) ?? 0;
        if (other.port !== port) await redis.call('CLUSTER', 'MEET', '127.0.0.1', other.port, busPort);
      }
    });
  }
  const info = (port: number): Promise<string> =>
    asking(port, PASSWORD, async (redis) => String(await redis.call('CLUSTER', 'INFO')));
  for (const { port } of servers) {
    await until('the nodes know each other', async () => (await info(port)).includes('cluster_known_nodes:6'));
  }
  for (const [index, { port }] of servers.slice(3).entries()) {
    await until('a node is a replica', async () => {
      await asking(port, PASSWORD, (redis) => redis.call('CLUSTER', 'REPLICATE', ids[index] ?? ''));
      return true;
    });
  }
  for (const { port } of servers)
    await until('the cluster is well', async () => (await info(port)).includes('cluster_state:ok'));
  for (const { port } of servers.slice(0, 3))
    await until('each has a replica', () => asking(port, PASSWORD, async (redis) => (await redis.wait(1, 100)) === 1));
}
