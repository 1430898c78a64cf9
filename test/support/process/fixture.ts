import type { Server } from 'node:http';
import { SCOPES, until } from '../fixtures/bot.ts';
import { startGitHub, type TestGitHub } from '../github.ts';
import { startRedis, type TestRedis } from '../redis.ts';
import { httpTransport } from '../workspace/http.ts';
import { freePort } from '../workspace/loopback.ts';
import { type Person, person } from '../workspace/people.ts';
import { visibleText } from '../workspace/read.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';
import { type SocketMode, startSocketMode } from '../workspace/socket.ts';
import { type Program, run } from './program.ts';

export const PASSWORD = 'a-password-of-redis';
export const GITHUB_TOKEN = 'ghp_atokenofgithub';

/** The built program, running and ready. */
export interface Running {
  readonly program: Program;
  readonly url: string;
  member(name: string): Person;
  /** Sends it a signal and waits for its end. */
  end(signal?: NodeJS.Signals): Promise<{ status: number | null; ms: number }>;
}

/** What the built program runs between: a Redis with a user, an emulated Slack and GitHub. */
export interface ProcessFixture {
  readonly server: TestRedis;
  readonly slack: Slack;
  readonly github: TestGitHub;
  readonly socket: SocketMode;
  /** Its settings in HTTP mode, for a port. */
  settings(port: number): Record<string, string>;
  /**
   * Starts the program in HTTP mode, unless `more` says otherwise, and waits until `/readyz` answers `ready`.
   * @param main what is started, where it is not the built bot itself
   */
  started(more?: Readonly<Record<string, string>>, ready?: number, main?: string): Promise<Running>;
  close(): Promise<void>;
}

/** Starts it all; needs redis-server. */
export async function startProcessFixture(): Promise<ProcessFixture> {
  const server = await startRedis();
  await server.client().acl('SETUSER', 'bot', 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
  const slack = await startSlack({ scopes: SCOPES });
  const github = await startGitHub();
  const socket = await startSocketMode(slack);
  const settings = (port: number): Record<string, string> => ({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PRIZEDRAW_ADMIN_CHANNEL: slack.channels.admin,
    PRIZEDRAW_ANNOUNCE_CHANNEL: slack.channels.announce,
    PRIZEDRAW_RANDOMNESS: 'local',
    REDIS_URL: server.url.replace('redis://', `redis://bot:${PASSWORD}@`),
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN,
    PORT: String(port),
    LOG_LEVEL: 'trace',
  });
  return {
    server,
    slack,
    github,
    socket,
    settings,
    async started(more = {}, ready = 200, main) {
      const port = await freePort();
      const program = run({ ...settings(port), ...more }, undefined, main);
      const url = `http://127.0.0.1:${port}`;
      await until(
        async () => {
          const answer = await fetch(`${url}/readyz`).catch(() => undefined);
          return answer?.status === ready ? true : undefined;
        },
        { patience: 20_000, what: `the program at ${url}` },
      ).catch((error: unknown) => {
        program.signal('SIGKILL');
        throw new Error(`It said:\n${program.stdout().slice(-3_000)}${program.stderr()}`, { cause: error });
      });
      const http = httpTransport({ url, signingSecret: slack.signingSecret });
      const transport = 'SLACK_APP_TOKEN' in more ? socket : http;
      return {
        program,
        url,
        member: (name) => person(slack, transport, name),
        end: async (signal = 'SIGTERM') => {
          const asked = performance.now();
          program.signal(signal);
          const { status } = await program.ended();
          await http.close();
          return { status, ms: performance.now() - asked };
        },
      };
    },
    close: async () => {
      await socket.close();
      await github.close();
      await slack.close();
      await server.close();
    },
  };
}

/** What a person reads first after a command. */
export async function says(who: Person, text: string, channel = 'random'): Promise<string> {
  const answer = await who.command(text, { channel });
  return visibleText(answer.message ?? (await answer.later()));
}

/** The port that a server listens at. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
