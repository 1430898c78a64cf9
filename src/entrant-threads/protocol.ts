import type { EntrantList } from '../draw/fair/entrant-list.ts';

/** What a thread is started with: whose entrants it reads. */
export interface Task {
  /** The address of Redis and the beginning of its keys, as `createRedis` takes them. */
  readonly redisUrl: string;
  readonly keyPrefix: string;
  readonly key: string;
}

/**
 * A thread says this first, once it has loaded its program, as the answer to a request with the ID 0. It is raised when anything
 * of these messages changes: the file that a thread is started from may be another version's by then.
 */
export const PROTOCOL = 1;

/** What is asked of a thread: one method of `EntrantList`. Seeds are in hexadecimal. */
export type Question =
  | { readonly about: 'digest'; readonly version: Parameters<EntrantList['digest']>[0] }
  | { readonly about: 'allot'; readonly seed: string; readonly prizes: readonly string[] }
  | { readonly about: 'rank'; readonly seed: string; readonly logins: readonly string[] };

export interface Request {
  readonly id: number;
  readonly question: Question;
}

/** The answer to the request with this ID; or why there is none, in words. */
export type Response =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly problem: string };
