import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The network between the bot and Redis. */
export interface Wire {
  /** The address of Redis at this end. */
  readonly url: string;
  /** Loses whatever the connections there are now would carry, without a word to either side; new ones work. */
  lose(): void;
}

/** Lays a wire to the Redis at an address, until the test ends. */
export async function wireTo(redisUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(redisUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    pairs.add([near, far]);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  return {
    url: `redis://127.0.0.1:${address.port}/0`,
    lose() {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        // Still read, or the end of the connection would not be noticed either; but for nobody.
        near.resume();
        far.resume();
      }
    },
  };
}
