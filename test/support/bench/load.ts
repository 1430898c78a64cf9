import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What one client asks for: one request after the other, each when the one before has been answered. */
export type Errand = readonly Buffer[];

/** What a load came to. */
export interface Loaded {
  readonly seconds: number;
  /** How long each errand took, in milliseconds, in ascending order. */
  readonly times: Float64Array;
  /** The first answer that was not as expected. */
  readonly wrong: string | undefined;
}

export interface Load {
  readonly connections: number;
  /** How many are to begin in a second, the time of each counted from when it was to; when left out, as fast as they are answered. */
  readonly perSecond?: number;
  /** Whether the last answer of an errand is the expected one. */
  readonly isRight: (answer: string) => boolean;
}

/**
 * Runs errands over a number of connections, as many at once. It reads no more of HTTP than the answers of Node.js need: a
 * client that costs more than the server would be measured instead of it.
 */
export async function load(
  port: number,
  errands: readonly Errand[],
  { connections, perSecond = Number.POSITIVE_INFINITY, isRight }: Load,
): Promise<Loaded> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const times = new Float64Array(errands.length);
  let next = 0;
  let wrong: string | undefined;
  let begun = 0;
  const work = async (socket: Socket): Promise<void> => {
    const ask = asker(socket);
    while (next < errands.length && wrong === undefined) {
      const index = next++;
      const due = begun + (index * 1000) / perSecond;
      if (due > performance.now()) await sleep(due - performance.now());
      const begin = Number.isFinite(perSecond) ? due : performance.now();
      let answer = '';
      for (const request of errands[index] ?? []) answer = await ask(request);
      times[index] = performance.now() - begin;
      if (!isRight(answer)) wrong = answer;
    }
  };
  begun = performance.now();
  try {
    await Promise.all(sockets.map(work));
    return { seconds: (performance.now() - begun) / 1000, times: times.sort(), wrong };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** Sends one request at a time, and returns the whole answer. */
function asker(socket: Socket): (request: Buffer) => Promise<string> {
  let received = '';
  let answered: (answer: string) => void = () => {};
  let failed: (error: Error) => void = () => {};
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    if (!isWhole(received)) return;
    const answer = received;
    received = '';
    answered(answer);
  });
  socket.on('error', (error) => failed(error));
  socket.on('close', () => failed(new Error('The server closed a connection.')));
  return (request) =>
    new Promise((resolve, reject) => {
      answered = resolve;
      failed = reject;
      socket.write(request);
    });
}

const LENGTH = /\r\ncontent-length: (\d+)/i;

/** Whether an answer has come to its end, by its length or its last chunk. */
function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = LENGTH.exec(answer)?.[1];
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= head + 4 + Number(length);
}
