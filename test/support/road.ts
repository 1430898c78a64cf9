import { once } from 'node:events';
import { createServer, type Socket, connect as tcpConnect } from 'node:net';

/** The road to a Redis, which a test can close, block and open again. */
export class Road {
  readonly #server = createServer((client) => this.#join(client));
  readonly #sockets = new Set<Socket>();
  /** The port where it leads to, for those who connect from now on. */
  target: number;
  #port = 0;
  /** While true, whatever Redis replies is lost. */
  swallow = false;

  constructor(target: number) {
    this.target = target;
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    const redis = tcpConnect(this.target, '127.0.0.1');
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
    client.on('data', (bytes) => redis.write(bytes));
    redis.on('data', (bytes) => this.swallow || client.write(bytes));
  }
}
