import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command that a script carried out, and no client: that is no round trip. */
const IN_SCRIPT = / \[\d+ lua\] /;

/** Counts the commands that clients send to a Redis while some work is done. */
export async function commandsDuring(redisUrl: string, work: () => Promise<unknown>): Promise<number> {
  const { hostname, port } = new URL(redisUrl);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = createInterface(socket);
  let count = 0;
  socket.write('MONITOR\r\n');
  await once(lines, 'line');
  lines.on('line', (line) => {
    if (!IN_SCRIPT.test(line)) count += 1;
  });
  await work();
  // What was carried out is told a moment later.
  await sleep(50);
  socket.destroy();
  return count;
}
