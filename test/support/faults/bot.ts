import { type Program, run } from '../process/program.ts';
import { httpTransport } from '../workspace/http.ts';
import { freePort } from '../workspace/loopback.ts';
import { type RecordingProxy, startProxy } from '../workspace/proxy.ts';
import type { Slack } from '../workspace/slack.ts';
import type { Transport } from '../workspace/transport.ts';

/** One process of the bot, which may be killed, frozen and started again, with a way to Slack of its own. */
export interface Bot {
  /** What it asks of Slack; faults that are put here befall it alone. */
  readonly slack: RecordingProxy;
  readonly transport: Transport;
  /** Whether it runs and is not frozen. */
  isUp(): boolean;
  /** The process that runs, if one does. */
  pid(): number | undefined;
  /** What it has written since it was prepared. */
  said(): string;
  start(): Promise<void>;
  /** Sends a signal; SIGSTOP and SIGCONT freeze it and let it go on. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it if it runs, in good order or not, and waits for its end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  close(): Promise<void>;
}

/** Where a pick's seed comes from: with `drand`, a beacon is waited for that never answers. */
export type Randomness = 'drand' | 'local';

/** In what a process differs from the others. */
export interface Variant {
  /** Settings of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is started, where it is not the built bot itself. */
  readonly main?: string | undefined;
}

/** Prepares a process of the built bot; `start` starts it. */
export async function prepareBot(
  slack: Slack,
  redisUrl: string,
  randomness: Randomness,
  { env = {}, main }: Variant = {},
): Promise<Bot> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const proxy = await startProxy(slack.apiUrl.replace(/\/api\/$/, ''));
  const transport = httpTransport({ url, signingSecret: slack.signingSecret });
  let program: Program | undefined;
  const before: string[] = [];
  let frozen = false;
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ending = program;
    program = undefined;
    ending?.signal('SIGCONT');
    ending?.signal(signal);
    await ending?.ended();
    if (ending) before.push(ending.stdout(), ending.stderr());
    frozen = false;
  };
  return {
    slack: proxy,
    transport,
    pid: () => program?.pid,
    said: () => [...before, program?.stdout() ?? '', program?.stderr() ?? ''].join(''),
    isUp: () => program !== undefined && !frozen,
    start: async () => {
      await end('SIGKILL');
      const settings = {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: `${proxy.url}/api/`,
        PRIZEDRAW_ADMIN_CHANNEL: slack.channels.admin,
        PRIZEDRAW_ANNOUNCE_CHANNEL: slack.channels.announce,
        PRIZEDRAW_RANDOMNESS: randomness,
        PRIZEDRAW_DRAND_URLS: 'http://127.0.0.1:9',
        REDIS_URL: redisUrl,
        // Every profile is cached.
        GITHUB_API_URL: 'http://127.0.0.1:9',
        PORT: String(port),
        LOG_LEVEL: 'info',
        ...env,
      };
      program = run(settings, undefined, main);
    },
    signal: (signal) => {
      frozen = signal === 'SIGSTOP';
      program?.signal(signal);
    },
    end,
    close: async () => {
      await end('SIGTERM');
      await transport.close();
      await proxy.close();
    },
  };
}
