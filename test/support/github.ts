import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createEmulator } from 'emulate';
import { Agent, request } from 'undici';
import { errorBody, organisation } from './stand-ins/github-answers.ts';
import { answerGraphql, loginsIn } from './stand-ins/github-graphql.ts';
import { freePort, listen, readBody, serve } from './workspace/loopback.ts';

/** Somebody on GitHub. */
export interface GitHubUser {
  readonly login: string;
  /** Nobody needs to give GitHub a name. */
  readonly name?: string | null;
}

/** The users there are unless others are given. */
export const USERS: readonly GitHubUser[] = [
  { login: 'octocat', name: 'The Octocat' },
  { login: 'ada', name: 'Ada Lovelace' },
  { login: 'grace', name: 'Grace Hopper' },
  { login: 'linus', name: 'Linus Torvalds' },
  { login: 'margaret', name: 'Margaret Hamilton' },
  { login: 'dennis', name: 'Dennis Ritchie' },
  { login: 'ken', name: 'Ken Thompson' },
  { login: 'barbara', name: 'Barbara Liskov' },
  { login: 'Donald-Knuth', name: 'Donald Knuth' },
  { login: 'radia', name: 'Radia Perlman' },
  { login: 'zoe-b', name: 'Zoë Bäcker' },
  { login: 'tim1955', name: 'Tim Berners-Lee' },
  { login: 'no-name', name: null },
];

export interface GitHubOptions {
  readonly users?: readonly GitHubUser[];
  /** Logins of organisations. */
  readonly organisations?: readonly string[];
  /** Draws the avatar of a login, as SVG; else all have the same grey one. */
  readonly avatar?: (login: string) => string;
  /** So many more users: `user1`, `user2` and so on, named `User 1` and so on. */
  readonly generate?: number;
}

/** What to do with a look-up instead of answering it. What is left out stays as it is. */
export interface Behaviour {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it stands; without one, a status has the body that GitHub gives with it. */
  readonly body?: string;
  /** Milliseconds to wait before anything else. */
  readonly delay?: number;
  /** Never answers; the connection stays open. */
  readonly hang?: boolean;
  /** Ends the connection without an answer. */
  readonly reset?: boolean;
}

/** A request to the API; avatars are not recorded. */
export interface RecordedRequest {
  readonly path: string;
  /** Without `authorization`. */
  readonly headers: IncomingHttpHeaders;
  /** Whether it had an `authorization` header. */
  readonly authorized: boolean;
  /** GraphQL: the logins that it asks for. */
  readonly logins?: readonly string[];
}

/** An emulated GitHub that can be told to misbehave. */
export interface TestGitHub {
  /** Without a slash at the end; for GITHUB_API_URL. */
  readonly url: string;
  /** Every request so far; set `length` to 0 to begin anew. */
  readonly requests: RecordedRequest[];
  /**
   * Sets how look-ups of a login are answered; with `POST /graphql`, those of several at once; with `*`, all that have
   * nothing of their own.
   */
  behave(login: string, behaviour: Behaviour): void;
  /** Answers everything properly again. */
  heal(): void;
  close(): Promise<void>;
}

/** The emulator takes 5,000 requests an hour with one token; these take turns. */
const TOKENS = Array.from({ length: 20 }, (_, index) => `gho_test${index}`);

/**
 * Starts an emulated GitHub API on 127.0.0.1. Logins are found in any case, as on GitHub; avatars are served, too.
 * The emulator has no GraphQL: what it says by REST is put in that form here.
 * The emulator itself adds the users `admin` and `ghost`.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<TestGitHub> {
  const { users = USERS, organisations = ['github', 'nodejs'], generate = 0, avatar } = options;
  const more = Array.from({ length: generate }, (_, index) => ({
    login: `user${index + 1}`,
    name: `User ${index + 1}`,
  }));
  const everybody = [...users, ...more];
  const spelling = new Map(everybody.map(({ login }) => [login.toLowerCase(), login]));
  const orgs = new Map(organisations.map((login, index) => [login.toLowerCase(), { login, id: 9_000 + index }]));
  const behaviours = new Map<string, Behaviour>();
  const requests: RecordedRequest[] = [];
  const agent = new Agent();
  const port = await freePort();
  let turn = 0;

  const forward = async (path: string): Promise<Answer> => {
    const token = TOKENS[turn++ % TOKENS.length];
    const reply = await request(`http://127.0.0.1:${port}${path}`, {
      dispatcher: agent,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: reply.statusCode, headers: kept(reply.headers), body: await reply.body.text() };
  };
  const properly = async (path: string, login: string | undefined): Promise<Answer> => {
    if (login === undefined) return forward(path);
    const org = orgs.get(login.toLowerCase());
    if (org) return { status: 200, headers: JSON_TYPE, body: JSON.stringify(organisation(front.url, org)) };
    return forward(`/users/${encodeURIComponent(spelling.get(login.toLowerCase()) ?? login)}`);
  };
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = incoming.url ?? '/';
    if (path.startsWith('/avatars/')) {
      const type = avatar ? 'image/svg+xml' : 'image/png';
      response.writeHead(200, { 'content-type': type }).end(avatar?.(path.split('/').at(-1) ?? '') ?? AVATAR);
      return;
    }
    const { authorization, ...headers } = incoming.headers;
    const authorized = authorization !== undefined;
    if (incoming.method === 'POST' && path === '/graphql') {
      const asked = (await readBody(incoming)).toString();
      requests.push({ path, headers, authorized, logins: loginsIn(asked) });
      const behaviour = behaviours.get(`post ${path}`) ?? behaviours.get('*') ?? {};
      await misbehave(behaviour, response, async () => {
        const body = await answerGraphql(asked, async (login) => {
          const found = await properly(`/users/${login}`, login);
          return found.status === 200 ? found.body : undefined;
        });
        return { status: 200, headers: JSON_TYPE, body };
      });
      return;
    }
    requests.push({ path, headers, authorized });
    const login = loginIn(path);
    const behaviour = (login && (behaviours.get(login.toLowerCase()) ?? behaviours.get('*'))) || {};
    await misbehave(behaviour, response, () => properly(path, login));
  };

  const front = await listen(serve(handle));
  const tokens = Object.fromEntries(TOKENS.map((token) => [token, { login: 'admin' }]));
  const github = { users: everybody, orgs: organisations.map((login) => ({ login })) };
  const emulator = await createEmulator({
    service: 'github',
    port,
    baseUrl: front.url,
    seed: { tokens, github },
  });
  return {
    url: front.url,
    requests,
    behave: (login, behaviour) => void behaviours.set(login.toLowerCase(), behaviour),
    heal: () => behaviours.clear(),
    close: async () => {
      await front.close();
      await agent.destroy();
      await emulator.close();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** One grey pixel. */
const AVATAR = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOorq7+DwAFmgKTBVUbUwAAAABJRU5ErkJggg==',
  'base64',
);

async function misbehave(
  behaviour: Behaviour,
  response: ServerResponse,
  properly: () => Promise<Answer>,
): Promise<void> {
  const { status, headers = {}, body, delay = 0, hang, reset } = behaviour;
  if (delay > 0) await pause(delay);
  if (hang) return;
  if (reset) {
    response.destroy();
    return;
  }
  const instead = status !== undefined || body !== undefined;
  const answer = instead
    ? { status: status ?? 200, headers: JSON_TYPE, body: body ?? errorBody(status ?? 200, headers) }
    : await properly();
  response.writeHead(answer.status, { ...answer.headers, ...headers }).end(answer.body);
}

/** The login that a request looks up, or undefined where it asks for something else. */
function loginIn(path: string): string | undefined {
  const login = /^\/users\/([^/?]+)\/?(?:\?|$)/.exec(path)?.[1];
  try {
    return login && decodeURIComponent(login);
  } catch {
    return undefined;
  }
}

/** The headers of the emulator's answer that are worth passing on. */
function kept(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && (name === 'content-type' || name.startsWith('x-'))) passed[name] = value;
  }
  return passed;
}
