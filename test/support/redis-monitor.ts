import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { until } from './fixtures/bot.ts';
import type { TestRedis } from './redis.ts';

/** A text as `MONITOR` writes it. */
const WORD = /"((?:[^"\\]|\\.)*)"/g;

/**
 * Everything that a Redis carries out while some work is done, within scripts too, in order: each command in lower case, with
 * what it is given. Read from a connection of its own, as ioredis trips over what is told before it has its answer.
 */
export async function carriedOut(
  { url, client }: Pick<TestRedis, 'url' | 'client'>,
  work: () => Promise<unknown>,
): Promise<readonly (readonly string[])[]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const commands: string[][] = [];
  try {
    await once(socket, 'connect');
    createInterface(socket).on('line', (line) => {
      const [command = '', ...given] = [...line.matchAll(WORD)].map(([, word = '']) => word);
      commands.push([command.toLowerCase(), ...given]);
    });
    socket.write('MONITOR\r\n');
    await until(() => (commands.length > 0 ? true : undefined), { what: 'the answer to MONITOR' });
    await work();
    // What was carried out is told a moment later.
    await client().ping('the end');
    await until(() => commands.find(([, given]) => given === 'the end'), { what: 'the end' });
    return commands;
  } finally {
    socket.destroy();
  }
}
