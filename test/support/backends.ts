import type { Redis } from 'ioredis';
import { mockRedis, redisInstalled, startRedis } from './redis.ts';

/** An empty Redis with two clients. */
export interface Backend {
  readonly clients: readonly [Redis, Redis];
  close(): Promise<void>;
}

async function mocked(): Promise<Backend> {
  const redis = mockRedis();
  return { clients: [redis, redis.duplicate()], close: async () => {} };
}

async function real(): Promise<Backend> {
  const server = await startRedis();
  return { clients: [server.client(), server.client()], close: server.close };
}

/** For `describe.each`: the stand-in, and a real Redis where there is one. */
export const BACKENDS: readonly (readonly [string, () => Promise<Backend>])[] = [
  ['on ioredis-mock', mocked],
  ...(redisInstalled() ? [['on a real Redis', real] as const] : []),
];
