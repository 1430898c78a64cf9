import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach } from 'vitest';
import { createGitHub, type GitHub, type GitHubOptions } from '../../../src/github/client.ts';
import { createLog } from '../../../src/log.ts';
import { listen, readBody, serve } from '../workspace/loopback.ts';
import { answerGraphql, type FindAccount, loginsIn } from './github-graphql.ts';

/** Answers one request, in whatever way. */
export type Answer = (response: ServerResponse, login: string) => unknown;

/**
 * Something that answers like GitHub, or as badly as a test wants it to, byte by byte; it also keeps each request's token.
 * (`support/github.ts` is the whole emulated GitHub; `emulated.test.ts` asks that one.)
 */
export interface StandIn {
  readonly url: string;
  /** Every request so far; those to GraphQL with the logins that they ask for. */
  readonly requests: ReadonlyArray<{
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly logins?: readonly string[];
  }>;
  /** How REST answers. */
  answer: Answer;
  /** How GraphQL answers; the body of the request is in place of the login. */
  graphql: Answer;
  close(): Promise<void>;
}

/** A stand-in for the tests of a file: before each of them, it has been asked nothing, and answers as GitHub does. */
export function standInForEach(): StandIn {
  const asGitHub: Pick<StandIn, 'answer' | 'graphql'> = {
    answer: (response, login) => user(login)(response, login),
    graphql: graphql((login) => userJson(login)),
  };
  const standIn: StandIn = { ...asGitHub, url: '', requests: [], close: async () => {} };
  beforeEach(async () => {
    const requests: { path: string; headers: IncomingHttpHeaders; logins?: readonly string[] }[] = [];
    const server = serve(async (request, response) => {
      const path = request.url ?? '';
      const { headers } = request;
      if (request.method === 'POST') {
        const body = (await readBody(request)).toString();
        requests.push({ path, headers, logins: loginsIn(body) });
        await standIn.graphql(response, body);
        return;
      }
      requests.push({ path, headers });
      await standIn.answer(response, decodeURIComponent(path.split('/').at(-1) ?? ''));
    });
    Object.assign(standIn, { ...asGitHub, ...(await listen(server)), requests });
  });
  afterEach(() => standIn.close());
  return standIn;
}

/** Answers GraphQL as GitHub does, with the accounts there are. */
export function graphql(find: FindAccount, headers: Readonly<Record<string, string>> = {}): Answer {
  return async (response, body) => answers(200, await answerGraphql(body, find), headers)(response, body);
}

/** Answers with a status, headers and a body. */
export function answers(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

/** Answers with a user. */
export function user(
  login: string,
  more: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return answers(200, userJson(login, more), headers);
}

export function userJson(login: string, more: Readonly<Record<string, unknown>> = {}): string {
  const avatar_url = `https://avatars.githubusercontent.com/u/1?login=${login}`;
  return JSON.stringify({ login, id: 1, avatar_url, type: 'User', name: `The ${login}`, ...more });
}

export const NOT_FOUND = answers(404, '{"message":"Not Found","status":"404"}');

/** Answers nothing at all. */
export const hang: Answer = () => {};

/** Answers a byte now and then, for ever. */
export const drip: Answer = async (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  while (!response.destroyed) {
    response.write(' ');
    await pause(200);
  }
};

/** Ends the connection without an answer. */
export const reset: Answer = (response) => void response.socket?.destroy();

/** A clock that stands still until it is moved. */
export class Clock {
  time = 1_800_000_000_000;
  readonly now = (): number => this.time;
  /** As GitHub writes times in its headers: seconds since the epoch. */
  seconds(later: number): string {
    return String(this.time / 1000 + later);
  }
}

/** A client of the stand-in, with a log whose lines are kept and a clock that stands still. */
export function clientOf(
  standIn: StandIn,
  options: Partial<GitHubOptions> = {},
): { readonly github: GitHub; readonly lines: string[]; readonly clock: Clock } {
  const lines: string[] = [];
  const log = createLog('trace', [], { write: (line: string) => void lines.push(line) });
  const clock = new Clock();
  const github = createGitHub({ apiUrl: standIn.url, token: undefined, log, now: clock.now, ...options });
  return { github, lines, clock };
}
