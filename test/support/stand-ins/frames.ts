import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Slack } from '../workspace/slack.ts';

/** An end of the connection where every frame can be chosen. */
export interface Frames {
  /** The newest connection; it may have been made anew. */
  bot(): WebSocket;
  readonly received: readonly string[];
  close(): void;
}

export const HELLO = '{"type":"hello","num_connections":1,"connection_info":{"app_id":"A0PRIZEDRAW"}}';

/** From now on, Slack sends those who connect here; each is greeted. */
export async function openFrames(slack: Slack): Promise<Frames> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const bots: WebSocket[] = [];
  const received: string[] = [];
  server.on('connection', (socket) => {
    bots.push(socket);
    socket.on('message', (data) => received.push(String(data)));
    socket.send(HELLO);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const body = { ok: true, url: `ws://127.0.0.1:${address.port}/` };
  const heal = slack.proxy.fault((path) => path.includes('apps.connections.open'), {
    kind: 'status',
    status: 200,
    body,
  });
  return {
    bot() {
      const newest = bots.at(-1);
      if (newest === undefined) throw new Error('Nobody has connected.');
      return newest;
    },
    received,
    close() {
      heal();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
