import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';

/**
 * Lets a server listen at a port of 127.0.0.1, a free one unless it is given.
 * @returns its address without a slash at the end, and a function that ends it with every connection it has
 */
export async function listen(server: Server, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const close = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}

/** Starts a server whose failed requests answer 500 instead of ending the process. */
export function serve(handle: (...request: Parameters<RequestHandler>) => Promise<void>): Server {
  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
}

type RequestHandler = NonNullable<Parameters<typeof createServer>[1]>;

/** Reads the whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Those that were found in this process: whoever was given one may not listen there yet. */
const given = new Set<number>();

/**
 * Finds a port for a server that cannot be told to choose one. It lies below those that the system itself hands out, so
 * that nothing else takes it in the meantime.
 * @returns a port from 20000 to 31999 that was free just now on every interface, and is found only once
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    const probe = createTcpServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, () => resolve(true));
    });
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
