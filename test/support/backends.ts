import type { Redis } from 'ioredis';
import { mockRedis, redisInstalled, startRedis } from './redis.ts';

/**
 * The stand-in for Redis rounds the seconds of TIME and takes the rest from another clock: it is behind by up to half a
 * second and ahead by up to one and a half, in milliseconds.
 */
export const STAND_IN_AHEAD = 1_500;
const STAND_IN_OFF = 2_000;

/** An empty Redis with two clients. */
export interface Backend {
  /** How far back its clock may go from one step to the next, in milliseconds. */
  readonly clockOff: number;
  readonly clients: readonly [Redis, Redis];
  close(): Promise<void>;
}

async function mocked(): Promise<Backend> {
  const redis = mockRedis();
  return { clockOff: STAND_IN_OFF, clients: [redis, redis.duplicate()], close: async () => {} };
}

async function real(): Promise<Backend> {
  const server = await startRedis();
  return { clockOff: 0, clients: [server.client(), server.client()], close: server.close };
}

/** For `describe.each`: the stand-in, and a real Redis where there is one. */
export const BACKENDS: readonly (readonly [string, () => Promise<Backend>])[] = [
  ['on ioredis-mock', mocked],
  ...(redisInstalled() ? [['on a real Redis', real] as const] : []),
];
