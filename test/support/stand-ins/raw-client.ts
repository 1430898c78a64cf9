import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection on which a test sends what it likes. */
export interface RawClient {
  readonly socket: Socket;
  /** Everything that has come back so far. */
  received(): string;
  /** Settles once the other end has ended the connection. */
  readonly ended: Promise<void>;
}

/** Connects to the server at `url`. */
export async function rawClient(url: string): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  // Cut while we still send.
  socket.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    socket.once('end', () => resolve());
    socket.once('close', () => resolve());
  });
  await once(socket, 'connect');
  return { socket, received: () => text, ended };
}
