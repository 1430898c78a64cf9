import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Bot, prepareBot } from '../faults/bot.ts';
import { type Random, randomOf } from '../faults/random.ts';
import { SCOPES, until } from '../fixtures/bot.ts';
import build from '../process/build.ts';
import { startRedis } from '../redis.ts';
import { commandPayload } from '../workspace/payloads.ts';
import { type Slack, startSlack } from '../workspace/slack.ts';

const HELP = `npm run soak -- [--commands 100000] [--at-once 30] [--rest 60]

Sends three processes of the built bot commands of all kinds, draws in three channels among them, and measures the memory of
each: it must come to rest. Needs redis-server, and Linux.
  --commands  how many commands
  --at-once   how many are under way at a time
  --rest      how long the processes rest at the end, in seconds`;

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '100000' },
    'at-once': { type: 'string', default: '30' },
    rest: { type: 'string', default: '60' },
    help: { type: 'boolean' },
  },
});
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** How many processes, and how often their memory is measured, in commands. */
const PROCESSES = 3;
const MEASURE_EVERY = 10_000;

/** Members that the workspace has, and GitHub IDs that they enter. */
const MEMBERS = 5_000;

type Typed = (random: Random) => string;

/** What members and organisers type: each as often as its number says, of a hundred. */
const MEMBERS_TYPE: readonly (readonly [number, Typed])[] = [
  [45, (random) => `enter member-${random.from(1, MEMBERS)}`],
  [20, () => 'status'],
  [8, () => 'prizes'],
  [8, () => 'winners'],
  [5, () => 'help'],
  [4, (random) => `verify member-${random.from(1, MEMBERS)}`],
  [3, () => 'proof'],
  [3, (random) => `enter <https://github.com/member-${random.from(1, MEMBERS)}|link>`],
  [2, (random) => 'x'.repeat(random.from(1, 9_000))],
  [2, () => 'start "not mine"'],
];
const EACH = MEMBERS_TYPE.flatMap(([share, typed]) => Array<Typed>(share).fill(typed)) as [Typed, ...Typed[]];
const ORGANISERS_TYPE = ['start "A cap" "A mug" for 30m', 'close', 'pick', 'admin', 'entrants', 'status'] as const;

/** The resident memory of a process, in MB. Source: proc(5), VmRSS. */
function memoryOf(pid: number | undefined): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/** What a person types, and where. */
function command(random: Random, slack: Slack, channels: readonly [string, ...string[]]): readonly [string, string] {
  if (random.percent(2)) {
    return [`${random.one(ORGANISERS_TYPE)} in <#${random.one(channels)}>`, slack.channels.admin];
  }
  return [random.one(EACH)(random), random.one(channels)];
}

async function main(): Promise<number> {
  const total = Number(values.commands);
  build();
  const server = await startRedis();
  const slack = await startSlack({ scopes: SCOPES });
  const answers = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
  answers.listen(0, '127.0.0.1');
  const address = answers.address();
  const responseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const bots = await Promise.all(Array.from({ length: PROCESSES }, () => prepareBot(slack, server.url, 'local')));
  try {
    const redis = server.client();
    for (let member = 1; member <= MEMBERS; member++) {
      const login = `member-${member}`;
      const json = { login, name: login, avatar_url: `https://avatars.example/${login}`, type: 'User' };
      await redis.set(`prizedraw:profiles:${login}`, JSON.stringify(json));
    }
    for (const bot of bots) await bot.start();
    const channels = [slack.channels.announce, await slack.addChannel('one'), await slack.addChannel('two')] as const;
    const hello = commandPayload(
      { name: 'somebody', user: 'U1', triggerId: '1.1', responseUrl },
      slack,
      channels[0],
      '/prizedraw',
      'help',
    );
    for (const bot of bots) {
      const isUp = async () => (await bot.transport.send('slash_commands', hello).catch(() => undefined))?.status;
      await until(isUp, { patience: 30_000, what: 'a process of the bot to answer' });
    }

    const all = [...bots] as [Bot, ...Bot[]];
    let sent = 0;
    const statuses = new Map<number, number>();
    const measure = (what: string): void =>
      write(`${what.padEnd(16)} ${bots.map((bot) => `${memoryOf(bot.pid())} MB`.padStart(7)).join(' ')}`);
    const begin = performance.now();
    const sender = async (random: Random): Promise<void> => {
      while (sent < total) {
        if (++sent % MEASURE_EVERY === 0) measure(`${sent} commands`);
        const [text, channel] = command(random, slack, channels);
        const occasion = { name: 'somebody', user: `U${random.from(1, MEMBERS)}`, triggerId: '1.1', responseUrl };
        const payload = commandPayload(occasion, slack, channel, '/prizedraw', text);
        const { status } = await random.one(all).transport.send('slash_commands', payload);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    measure('at the start');
    await Promise.all(Array.from({ length: Number(values['at-once']) }, (_, index) => sender(randomOf(index + 1))));
    const seconds = Math.round((performance.now() - begin) / 1000);
    await sleep(Number(values.rest) * 1000);
    measure(`after ${values.rest} s`);
    write(
      `${total} commands in ${seconds} s, answered with ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(', ')}`,
    );
    return statuses.size === 1 && statuses.has(200) && bots.every((bot) => bot.isUp()) ? 0 : 1;
  } finally {
    for (const bot of bots) await bot.close();
    answers.close();
    await slack.close();
    await server.close();
  }
}

if (values.help) write(HELP);
else process.exitCode = await main();
