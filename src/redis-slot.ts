import { connect, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AbstractConnector, Redis } from 'ioredis';
import { z } from 'zod';
import type { Node, RedisPlace } from './redis-url.ts';

/** How long one node may take to say which one has the slot, in milliseconds. */
const ASK_TIMEOUT = 1000;

/** How long a connection that is given up may take to close, in milliseconds. */
const CLOSE_TIMEOUT = 2000;

/** A node: its address, port and more. One that does not know its own address leaves it out. */
const node = z.tuple([z.string().nullable(), z.number()]).rest(z.unknown());
/** What CLUSTER SLOTS replies: of each range of slots the first and the last, its master, and its replicas. */
const ranges = z.array(z.tuple([z.number(), z.number()]).rest(node));

/**
 * Makes the part of a client that connects it, in a Redis Cluster, to the one node that has the slot of its keys: to all
 * else, that is a client of a single server. Each connection is made anew to where the slot is then.
 * @param key any key of that slot
 */
export function slotConnector(
  cluster: Extract<RedisPlace, { kind: 'cluster' }>,
  key: string,
): new (
  options: unknown,
) => AbstractConnector {
  /** Those who can be asked, the next one first. */
  let nodes = cluster.nodes;
  const keep = (found: readonly Node[]): void => {
    const all = [...found, ...nodes, ...cluster.nodes];
    nodes = all.filter((one, at) => all.findIndex(({ host, port }) => host === one.host && port === one.port) === at);
  };
  /** Asks one node after the other. */
  const findMaster = async (): Promise<Node> => {
    let reason: unknown;
    for (const asked of nodes) {
      // One that is wrong, as it is cut off from the others, is not the first that is asked the next time.
      nodes = [...nodes.filter((each) => each !== asked), asked];
      try {
        const { master, others } = await ask(cluster, asked, key);
        keep(others);
        return master;
      } catch (error) {
        reason = error;
      }
    }
    throw reason;
  };

  return class SlotConnector extends AbstractConnector {
    constructor() {
      super(CLOSE_TIMEOUT);
    }

    /** Whether the node is a master, by its INFO. */
    override check({ role }: { readonly role?: string }): boolean {
      return role === undefined || role === 'master';
    }

    /** A socket that is closed already has the client try again by its own rules; an error would end it for good. */
    override async connect(): Promise<Socket> {
      this.connecting = true;
      delete this.firstError;
      try {
        const { host, port } = await findMaster();
        if (!this.connecting) return new Socket().destroy();
        this.stream = cluster.isTls ? connectTls({ host, port }) : connect({ host, port });
        this.stream.once('error', (error) => {
          this.firstError = error;
        });
        return this.stream;
      } catch (error) {
        this.firstError = error instanceof Error ? error : new Error(String(error));
        return new Socket().destroy();
      }
    }
  };
}

/**
 * Asks a node which master has the slot of a key.
 * @throws when it does not answer, or knows none
 */
async function ask({ login, isTls }: Extract<RedisPlace, { kind: 'cluster' }>, { host, port }: Node, key: string) {
  const redis = new Redis({
    host,
    port,
    ...login,
    ...(isTls ? { tls: {} } : {}),
    lazyConnect: true,
    retryStrategy: () => null,
    enableReadyCheck: false,
    disableClientInfo: true,
    connectTimeout: ASK_TIMEOUT,
    commandTimeout: ASK_TIMEOUT,
  });
  // The promise says only that the connection was closed.
  let reason: Error | undefined;
  redis.on('error', (error) => {
    reason ??= error;
  });
  try {
    await redis.connect();
    const [slot, reply] = await Promise.all([redis.cluster('KEYSLOT', key), redis.cluster('SLOTS')]);
    const all = ranges.parse(reply).map(([first, last, ...served]) => {
      const there = served.map(([name, at]): Node => ({ host: isAddress(name) ? name : host, port: at }));
      return { isIts: first <= slot && slot <= last, there };
    });
    const [master] = all.find(({ isIts }) => isIts)?.there ?? [];
    if (master === undefined) throw new Error('CLUSTERDOWN No node serves the slot');
    return { master, others: all.flatMap(({ there }) => there) };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

/** Source: redis.io, CLUSTER SLOTS: null or nothing is the address that was asked, `?` one that is not known. */
function isAddress(name: string | null): name is string {
  return name !== null && name !== '' && name !== '?';
}
