import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from '../fixtures/bot.ts';
import { ROOT } from '../process/run.ts';
import { freePort } from '../workspace/loopback.ts';
import { CHANNELS, SECRET } from './requests.ts';

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  /** Ends it in good order. */
  close(): Promise<void>;
}

/** How processes are started. */
export interface Start {
  readonly env: Readonly<Record<string, string>>;
  /** Where its CPU profile goes; without, it makes none. */
  readonly profileTo?: string | undefined;
}

/** Starts a script of this folder, which says something once it listens at PORT. */
export async function startScript(
  name: string,
  { env, profileTo }: Start,
): Promise<Server & { readonly said: string }> {
  const port = await freePort();
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawnNode(ROOT, ['--import', 'tsx', script], { env: { ...env, PORT: String(port) }, profileTo });
  const said = await firstLine(child, name);
  return { port, said, pid: child.pid ?? 0, close: () => end(child) };
}

export interface BotStart extends Start {
  readonly redisUrl: string;
  /** The address of the stand-in for Slack and GitHub. */
  readonly standIn: string;
  /** How long GitHub takes, in milliseconds. */
  readonly gitHubTakes?: number;
  /** The chain of another beacon than drand, as JSON. */
  readonly chain?: string;
}

/** Starts the built bot, and waits until it is ready. */
export async function startBot({ redisUrl, standIn, gitHubTakes = 0, chain, ...start }: BotStart): Promise<Server> {
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-1-bench',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: `${standIn}/api/`,
    PRIZEDRAW_ADMIN_CHANNEL: CHANNELS.admin,
    PRIZEDRAW_ANNOUNCE_CHANNEL: CHANNELS.announce,
    PRIZEDRAW_RANDOMNESS: 'local',
    REDIS_URL: redisUrl,
    GITHUB_API_URL: `${standIn}/github/${gitHubTakes}`,
    ...start.env,
  };
  if (chain !== undefined) {
    const bot = await startScript('servers/beacon-bot', { env: { ...env, CHAIN: chain } });
    await ready(bot.port);
    return bot;
  }
  const port = await freePort();
  // Not in the project's folder, whose `.env` is somebody's own.
  const child = spawnNode(tmpdir(), [`${ROOT}dist/main.js`], { ...start, env: { ...env, PORT: String(port) } });
  await ready(port);
  return { port, pid: child.pid ?? 0, close: () => end(child) };
}

async function ready(port: number): Promise<void> {
  const isReady = async () => {
    const headers = { connection: 'close' };
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers }).catch(() => undefined);
    return answer?.ok || undefined;
  };
  await until(isReady, { patience: 30_000, what: 'the bot to be ready' });
}

/** Whatever ends the bench ends these. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function spawnNode(cwd: string, argv: readonly string[], { env, profileTo }: Start): ChildProcess {
  const profiling = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`];
  const child = spawn(process.execPath, [...profiling, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.stdout?.resume();
  return child;
}

async function firstLine(child: ChildProcess, name: string): Promise<string> {
  if (child.stdout === null) throw new Error(`${name} has no output.`);
  const lines = createInterface(child.stdout);
  const ended = once(child, 'exit').then(() => [`${name} ended before it listened`]);
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  if (child.exitCode !== null) throw new Error(String(line));
  return String(line);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
