import type { Redis } from 'ioredis';
import { createRedis } from '../redis.ts';
import { shownAddress } from '../redis-url.ts';

/** Shows how a program is used, and ends it, where it is asked to. */
export function offerHelp(help: string): void {
  if (!process.argv.slice(2).includes('--help')) return;
  process.stdout.write(`${help}\n`);
  process.exit(0);
}

/** Ends the program with one plain line. */
export function giveUp(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

/** Connects to Redis, or ends the program. */
export async function connectOrGiveUp(url: string, keyPrefix: string): Promise<Redis> {
  const redis = createRedis(url, keyPrefix);
  const end = (): never => giveUp(`Redis at ${shownAddress(url)} does not answer.`);
  // While no sentinel answers, nothing else is said: the client goes on asking them.
  redis.once('error', end);
  await redis.connect().catch(end);
  redis.off('error', end).on('error', () => {});
  return redis;
}
