import { Pool } from 'undici';

/** GitHub's answer about a hundred users is about 80 kB; what is far larger is not GitHub's. */
const MAX_BYTES = 256 * 1024;

/** What of GitHub's answer decides the outcome. */
export interface GitHubResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** GitHub did not accept `GITHUB_TOKEN`; a matter for whoever runs the bot, not for the person who enters. */
export class GitHubTokenRefused extends Error {
  override readonly name = 'GitHubTokenRefused';
  constructor() {
    super('GitHub refused GITHUB_TOKEN (401). Make a new token, or remove the setting to look users up without one.');
  }
}

/** What is sent: a GET, or a POST where there is a body. */
export interface GitHubRequest {
  readonly path: string;
  readonly body?: string;
  /** How long it may take, in milliseconds, connecting and reading included. */
  readonly timeout: number;
}

/** The connections to GitHub, which both of its APIs share. */
export interface Connection {
  /**
   * @throws GitHubTokenRefused on 401
   * @throws when there is no whole answer in time
   */
  send(request: GitHubRequest): Promise<GitHubResponse>;
  /** Whether it has been closed: nothing is asked any more. */
  readonly isClosed: boolean;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Opens connections to GitHub as they are needed, 16 at most. */
export function connect(origin: string, token: string | undefined): Connection {
  const pool = new Pool(origin, { connections: 16, maxResponseSize: MAX_BYTES });
  const headers = {
    accept: 'application/vnd.github+json',
    // GitHub refuses requests without one. Source: docs.github.com, "User agent required".
    'user-agent': 'prizedraw',
    'x-github-api-version': '2022-11-28',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  let isClosed = false;
  return {
    get isClosed() {
      return isClosed;
    },
    async send({ path, body, timeout }) {
      const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeout)));
      const { statusCode, ...answer } = await (body === undefined
        ? pool.request({ path, method: 'GET', headers, signal })
        : pool.request({ path, method: 'POST', headers: { ...headers, ...JSON_TYPE }, body, signal }));
      const text = await answer.body.text();
      if (statusCode === 401) throw new GitHubTokenRefused();
      return { status: statusCode, headers: answer.headers, body: text };
    },
    close: () => {
      isClosed = true;
      return pool.destroy();
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
