import { once } from 'node:events';
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen } from '../workspace/loopback.ts';
import type { Loaded } from './load.ts';

/** Slack's end of Socket Mode, for one server. */
export interface SlackSocket {
  readonly url: string;
  /** Waits until the server has connected. */
  connected(): Promise<void>;
  /** Sends payloads, as many at once, each when another has been acknowledged. */
  load(payloads: readonly unknown[], atOnce: number, isRight: (answer: string) => boolean): Promise<Loaded>;
  close(): Promise<void>;
}

const HELLO = JSON.stringify({ type: 'hello', num_connections: 1, debug_info: {}, connection_info: { app_id: 'A0' } });

/** Starts it. */
export async function startSlackSocket(): Promise<SlackSocket> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const connection = once(sockets, 'connection').then(([socket]: WebSocket[]) => {
    socket?.send(HELLO);
    return socket;
  });
  const { url, close } = await listen(server);
  return {
    url: url.replace('http', 'ws'),
    connected: async () => void (await connection),
    load: async (payloads, atOnce, isRight) => {
      const socket = await connection;
      if (socket === undefined) throw new Error('Nobody is connected.');
      return loadOver(socket, payloads, atOnce, isRight);
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await close();
    },
  };
}

function loadOver(
  socket: WebSocket,
  payloads: readonly unknown[],
  atOnce: number,
  isRight: (answer: string) => boolean,
): Promise<Loaded> {
  const envelopes = payloads.map((payload, index) =>
    JSON.stringify({ envelope_id: `e-${index}`, type: 'slash_commands', payload, accepts_response_payload: true }),
  );
  const begun = new Float64Array(envelopes.length);
  const times = new Float64Array(envelopes.length);
  let next = 0;
  let left = envelopes.length;
  let wrong: string | undefined;
  const send = (): void => {
    const envelope = envelopes[next];
    if (envelope === undefined) return;
    begun[next] = performance.now();
    next += 1;
    socket.send(envelope);
  };
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const failed = (): void => reject(new Error('The server closed its socket.'));
    const take = (data: unknown): void => {
      const answer = String(data);
      const index = Number(/"envelope_id":"e-(\d+)"/.exec(answer)?.[1]);
      times[index] = performance.now() - (begun[index] ?? 0);
      if (!isRight(answer)) wrong ??= answer;
      left -= 1;
      if (left > 0) {
        send();
        return;
      }
      socket.off('message', take).off('close', failed);
      resolve({ seconds: (performance.now() - begin) / 1000, times: times.sort(), wrong });
    };
    socket.on('message', take).once('close', failed);
    for (let count = 0; count < atOnce; count++) send();
  });
}
