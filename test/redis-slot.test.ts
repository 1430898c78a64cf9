import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRedis } from '../src/redis.ts';
import { connectionProblem } from '../src/redis-problem.ts';
import { redisInstalled, startRedis, type TestRedis } from './support/redis.ts';
import { atFreePort, type Server, startServer } from './support/redis-server.ts';
import { asking, PASSWORD, until, WRITTEN } from './support/topologies/topology.ts';
import { freePort } from './support/workspace/loopback.ts';

/** A Redis Cluster of one node, which serves no slot before it is told to. */
describe.skipIf(!redisInstalled())('the client of a Redis Cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prizedraw-slot-'));
  let node: Server;
  let single: TestRedis;
  let redis: Redis | undefined;

  beforeAll(async () => {
    const busPort = await freePort();
    const settings = ['--cluster-enabled', 'yes', '--cluster-port', String(busPort), '--requirepass', PASSWORD];
    node = await atFreePort((port) => startServer(port, folder, settings, PASSWORD));
    single = await startRedis();
  });
  afterEach(() => redis?.disconnect());
  afterAll(async () => {
    await node.end();
    await single.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Connects; returns what went wrong, or nothing. */
  const connecting = async (nodes: readonly string[], login = `:${WRITTEN}@`): Promise<string | undefined> => {
    redis = createRedis(`redis+cluster://${login}${nodes.join(',')}`, '{prizedraw}');
    let reason: string | undefined;
    redis.on('error', (error) => {
      reason ??= connectionProblem(error.message).words;
    });
    const isConnected = await redis.connect().then(
      () => true,
      () => false,
    );
    return isConnected ? undefined : reason;
  };
  const seed = (port: number): string => `127.0.0.1:${port}`;

  it('says why it cannot connect', async () => {
    expect(await connecting([seed(node.port)])).toContain('(CLUSTERDOWN)');
    redis?.disconnect();
    expect(await connecting([seed(node.port)], ':wrong@')).toContain('WRONGPASS');
    redis?.disconnect();
    expect(await connecting([seed(node.port)], '')).toContain('NOAUTH');
    redis?.disconnect();
    expect(await connecting([seed(single.port)], '')).toContain('cluster support disabled');
    redis?.disconnect();
    expect(await connecting([seed(await freePort())])).toContain('ECONNREFUSED');
  });

  it('goes on trying, and connects once the slot is served, by any node that answers', async () => {
    await connecting([seed(await freePort()), seed(node.port)]);
    await asking(node.port, PASSWORD, (each) => each.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16383));
    await until('it is connected', async () => redis?.status === 'ready');
    await until('it can write', async () => (await redis?.set('{prizedraw}:a', '1')) === 'OK');
  });
});
