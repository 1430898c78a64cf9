import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';
import { z } from 'zod';
import { DRAW_STATES } from '../types.ts';

type Argument = string | number;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    drawStart(...args: Argument[]): Result<unknown, Context>;
    drawEnter(...args: Argument[]): Result<unknown, Context>;
    drawClose(...args: Argument[]): Result<unknown, Context>;
    drawFreeze(...args: Argument[]): Result<unknown, Context>;
    drawCommit(...args: Argument[]): Result<unknown, Context>;
    drawWithdraw(...args: Argument[]): Result<unknown, Context>;
    drawSpop(...args: Argument[]): Result<unknown, Context>;
    drawPick(...args: Argument[]): Result<unknown, Context>;
    drawStatus(...args: Argument[]): Result<unknown, Context>;
    drawCacheWinners(...args: Argument[]): Result<unknown, Context>;
    drawForget(...args: Argument[]): Result<unknown, Context>;
  }
}

const load = (name: string): string => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');

const COMMANDS = {
  drawStart: { file: 'start', numberOfKeys: 10 },
  drawEnter: { file: 'enter', numberOfKeys: 8 },
  drawClose: { file: 'close', numberOfKeys: 4 },
  drawFreeze: { file: 'freeze', numberOfKeys: 4 },
  drawCommit: { file: 'commit', numberOfKeys: 6 },
  drawWithdraw: { file: 'withdraw', numberOfKeys: 2 },
  drawPick: { file: 'pick', numberOfKeys: 9 },
  drawSpop: { file: 'spop', numberOfKeys: 7 },
  drawStatus: { file: 'status', numberOfKeys: 7 },
  drawForget: { file: 'forget', numberOfKeys: 1 },
  drawCacheWinners: { file: 'cache_winners', numberOfKeys: 2 },
} as const;

const state = z.enum(DRAW_STATES);
const json = z.string();
const count = z.number().int();
/** Separated by spaces. */
const logins = z.string().transform((text) => text.split(' ').filter((login) => login !== ''));
const tooLate = z.tuple([z.literal('too_late')]);

/** What each script replies, as the head of its file says; anything else throws. */
export const replies = {
  start: z.union([z.tuple([z.literal('started')]), z.tuple([z.literal('refused'), state]), tooLate]),
  enter: z.union([
    z.tuple([z.literal('entered'), json]),
    z.tuple([z.literal('already_in'), json]),
    z.tuple([z.literal('enough'), logins]),
    z.tuple([z.literal('profile_needed')]),
    z.tuple([z.literal('organisation')]),
    z.tuple([z.literal('not_open'), state.exclude(['DRAW_OPEN_NO_ENTRANTS', 'DRAW_OPEN_WITH_ENTRANTS'])]),
    tooLate,
  ]),
  close: z.union([
    z.tuple([z.literal('closed'), count]),
    z.tuple([z.literal('not_open'), state.exclude(['DRAW_OPEN_NO_ENTRANTS', 'DRAW_OPEN_WITH_ENTRANTS'])]),
    tooLate,
  ]),
  freeze: z.union([z.tuple([z.literal('ready')]), z.tuple([z.literal('refused'), state]), tooLate]),
  commit: z.union([
    z.tuple([z.literal('committed')]),
    z.tuple([z.literal('taken')]),
    z.tuple([z.literal('refused'), state]),
    tooLate,
  ]),
  pick: z.union([
    z.tuple([z.literal('picked')]),
    z.tuple([z.literal('gone')]),
    z.tuple([z.literal('contradicted')]),
    tooLate,
  ]),
  spop: z.union([z.tuple([z.literal('refused'), state]), tooLate, z.tuple([z.literal('picked')]).rest(z.string())]),
  status: z.tuple([state, count, count, z.array(z.string()), logins, logins, z.string(), z.string()]),
} as const;

/**
 * Teaches a Redis client the steps of the draw, each one atomic script. Safe to call again on the same client.
 * @returns the same client
 */
export function withScripts(redis: Redis): Redis {
  const prelude = load('state');
  for (const [command, { file, numberOfKeys }] of Object.entries(COMMANDS)) {
    redis.defineCommand(command, { numberOfKeys, lua: `${prelude}\n${load(file)}` });
  }
  return redis;
}
