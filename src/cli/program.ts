import type { Redis } from 'ioredis';
import { createRedis, shownAddress } from '../redis.ts';

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
export async function connectOrGiveUp(url: string): Promise<Redis> {
  const redis = createRedis(url);
  redis.on('error', () => {});
  await redis.connect().catch(() => giveUp(`Redis at ${shownAddress(url)} does not answer.`));
  return redis;
}
