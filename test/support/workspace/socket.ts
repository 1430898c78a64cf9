import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { APP } from './emulator.ts';
import { parseJson } from './json.ts';
import { listen, serve } from './loopback.ts';
import type { Slack } from './slack.ts';
import type { Ack, Transport } from './transport.ts';

const OPEN = '/api/apps.connections.open';

/** Source: docs.slack.dev, "Using Socket Mode". */
const MOST_SOCKETS = 10;

/** After these words Slack goes on using the socket until it closes it. */
const NOT_YET = new Set(['refresh_requested', 'warning']);

const acknowledgement = z.looseObject({ envelope_id: z.string(), payload: z.unknown().optional() });

/** Slack's end of Socket Mode. */
export interface SocketMode extends Transport {
  /** How many times a client has connected so far. */
  readonly connections: number;
  /** Waits until a client is connected; fails after `timeoutMs`. */
  connected(timeoutMs: number): Promise<void>;
  /** Cuts every connection without a word. */
  drop(): void;
  /** How many sockets are open now. */
  readonly open: number;
  /**
   * Asks every client to connect anew, as Slack does every few hours. The old sockets are in use until Slack closes them.
   * @param closeMs milliseconds until it does
   */
  disconnect(reason?: string, closeMs?: number): void;
  /** Closes every socket with a close frame, and with no word before. */
  hangUp(): void;
  /** How many sockets other programs of the app hold. Slack lets an app have ten. */
  crowd(others: number): void;
  close(): Promise<void>;
}

/**
 * Starts Slack's end of Socket Mode: `apps.connections.open`, through the workspace's proxy, and the WebSocket server.
 * @param pingMs milliseconds between pings
 */
export async function startSocketMode(slack: Slack, pingMs = 3_000): Promise<SocketMode> {
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (payload: unknown) => void>();
  let connections = 0;
  let others = 0;
  let sent = 0;

  const http = serve(async (request, response) => {
    const allowed = request.headers.authorization === `Bearer ${slack.appToken}`;
    const ticket = randomUUID();
    if (allowed) tickets.add(ticket);
    const url = `${server.url.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${APP.id}`;
    const answer = allowed ? { ok: true, url } : { ok: false, error: 'invalid_auth' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  const sockets = new WebSocketServer({
    server: http,
    verifyClient: (info: { req: IncomingMessage }) => tickets.delete(ticketIn(info.req)),
  });
  sockets.on('connection', (socket, request) => {
    connections += 1;
    // Slack does not close TCP after a close frame, its own or the client's.
    request.socket.end = () => request.socket;
    request.socket.once('end', () => request.socket.destroy());
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const ack = acknowledgement.safeParse(parseJson(String(data)));
      if (ack.success) waiting.get(ack.data.envelope_id)?.(ack.data.payload);
    });
    // One too many is told so instead of a hello.
    if (live().length + others > MOST_SOCKETS) return dismiss(socket, 'too_many_websockets', 0);
    socket.send(JSON.stringify(HELLO));
  });
  const live = () => [...open].filter(({ readyState, OPEN }) => readyState === OPEN);
  const hangUp = (socket: WebSocket) => {
    open.delete(socket);
    socket.close(1000);
  };
  const dismiss = (socket: WebSocket, reason: string, closeMs: number) => {
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: HELLO.debug_info }));
    if (NOT_YET.has(reason)) setTimeout(() => hangUp(socket), closeMs).unref();
    else hangUp(socket);
  };
  const pings = setInterval(() => {
    for (const socket of open) socket.ping(`Ping from ${slack.users['prizedraw']}`);
  }, pingMs);
  const server = await listen(http);
  slack.proxy.route(OPEN, server.url);

  const drop = () => {
    for (const socket of open) socket.terminate();
    open.clear();
  };
  return {
    get connections() {
      return connections;
    },
    get open() {
      return live().length;
    },
    send(type, payload) {
      // Slack takes any of the app's sockets.
      sent += 1;
      const socket = live()[sent % Math.max(live().length, 1)];
      return deliver(socket, waiting, { type, payload, accepts_response_payload: true });
    },
    async connected(timeoutMs) {
      for (const end = Date.now() + timeoutMs; live().length === 0; await sleep(10)) {
        if (Date.now() > end) throw new Error(`No Socket Mode client connected within ${timeoutMs} ms.`);
      }
    },
    drop,
    disconnect(reason = 'refresh_requested', closeMs = 10_000) {
      for (const socket of live()) dismiss(socket, reason, closeMs);
    },
    hangUp() {
      for (const socket of live()) hangUp(socket);
    },
    crowd(count) {
      others = count;
    },
    async close() {
      clearInterval(pings);
      await Promise.all([...sockets.clients].map(partFrom));
      const closed = once(sockets, 'close');
      sockets.close();
      await Promise.all([closed, server.close()]);
    },
  };
}

/** Closes a connection politely, and cuts it where the client does not answer within half a second. */
async function partFrom(socket: WebSocket): Promise<void> {
  const closed = once(socket, 'close');
  socket.close(1001);
  const impatience = setTimeout(() => socket.terminate(), 500);
  await closed;
  clearTimeout(impatience);
}

/** The ticket in a WebSocket's address, which `apps.connections.open` gave out and which is taken once. */
function ticketIn(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams.get('ticket') ?? '';
}

const HELLO = {
  type: 'hello',
  num_connections: 1,
  debug_info: { host: 'applink-local', build_number: 1, approximate_connection_time: 18060 },
  connection_info: { app_id: APP.id },
};

async function deliver(
  socket: WebSocket | undefined,
  waiting: Map<string, (payload: unknown) => void>,
  envelope: Readonly<Record<string, unknown>>,
): Promise<Ack> {
  if (!socket) throw new Error('No Socket Mode client is connected.');
  const id = randomUUID();
  const start = performance.now();
  const answer = new Promise<unknown>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The envelope was not acknowledged within 10 s.')), 10_000);
    waiting.set(id, (payload) => {
      clearTimeout(late);
      resolve(payload);
    });
  });
  socket.send(JSON.stringify({ envelope_id: id, ...envelope }));
  try {
    return { status: 200, body: (await answer) ?? undefined, ms: performance.now() - start };
  } finally {
    waiting.delete(id);
  }
}
