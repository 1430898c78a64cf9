import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atFreePort, type Server } from '../redis-server.ts';
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

/** Another than that of the servers, with what an address must write in another way. */
const SENTINEL_PASSWORD = 'w+rd&2';

/** After this time without an answer, sentinels have another server take over, in milliseconds. */
const DOWN_AFTER = 1_000;

/** As operating.md has it: a server that was cut off from its replicas takes no changes that would be lost. */
const MIN_REPLICAS = ['--min-replicas-to-write', '1', '--min-replicas-max-lag', '5'] as const;

/** A server, two replicas of it, and three sentinels that watch over them; all of them ask for a password. */
export function startSentinels(): Promise<Topology> {
  return startTogether('sentinel', start);
}

async function start(folder: string, launch: Launch): Promise<Topology> {
  const startOne = (port: number, master?: number): Promise<Server> => {
    const passwords = ['--requirepass', PASSWORD, '--masterauth', PASSWORD];
    const copied = master === undefined ? [] : ['--replicaof', `127.0.0.1 ${master}`];
    return launch(
      port,
      join(folder, String(port)),
      [...REPLICATION, ...MIN_REPLICAS, ...passwords, ...copied],
      PASSWORD,
    );
  };
  const first = await atFreePort(startOne);
  const replica = (): Promise<Server> => atFreePort((port) => startOne(port, first.port));
  const servers = [first, ...(await Promise.all([replica(), replica()]))];
  const sentinels = await Promise.all(
    [1, 2, 3].map(() => atFreePort((port) => startSentinel(launch, port, first.port, folder))),
  );
  const ask = <T>(port: number, ...words: [string, ...string[]]): Promise<T> =>
    asking(port, SENTINEL_PASSWORD, (redis) => redis.call(...words) as Promise<T>);

  const masterPort = async (): Promise<number> => {
    const found = await Promise.all(
      sentinels.map(({ port }) =>
        ask<[string, string] | null>(port, 'SENTINEL', 'get-master-addr-by-name', 'mymaster'),
      ),
    );
    const [first, ...others] = found.map((address) => Number(address?.[1]));
    if (first === undefined || others.some((port) => port !== first)) throw new Error('The sentinels do not agree.');
    return first;
  };
  for (const { port } of sentinels) {
    await until(
      'the sentinels know all',
      async () =>
        (await ask<string>(port, 'INFO', 'sentinel')).includes('status=ok,') &&
        (await ask<string>(port, 'INFO', 'sentinel')).includes('slaves=2,sentinels=3'),
    );
  }
  await until('the replicas are there', () =>
    asking(first.port, PASSWORD, async (redis) => (await redis.wait(2, 100)) === 2),
  );
  const list = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return topologyOf({
    url: `redis+sentinel://:${WRITTEN}@${list}/mymaster/0?sentinel_password=${encodeURIComponent(SENTINEL_PASSWORD)}`,
    keyPrefix: 'prizedraw',
    servers,
    masterPort,
    helpers: sentinels,
    start: startOne,
    folder,
  });
}

async function startSentinel(launch: Launch, port: number, master: number, folder: string): Promise<Server> {
  const dir = join(folder, String(port));
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'sentinel.conf');
  writeFileSync(
    file,
    `requirepass "${SENTINEL_PASSWORD}"
sentinel sentinel-pass "${SENTINEL_PASSWORD}"
sentinel monitor mymaster 127.0.0.1 ${master} 2
sentinel auth-pass mymaster "${PASSWORD}"
sentinel down-after-milliseconds mymaster ${DOWN_AFTER}
sentinel failover-timeout mymaster 1000
`,
  );
  return launch(port, dir, [file, '--sentinel'], SENTINEL_PASSWORD);
}
