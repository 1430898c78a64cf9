import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../workspace/faults.ts';
import type { Bot } from './bot.ts';
import type { Moment, World } from './world.ts';

/** A kind of fault: how many processes of the bot take part, and what befalls them while a draw is run. */
export interface Kind {
  readonly name: string;
  readonly processes: number;
  strike(world: World): Promise<void>;
}

const MOMENTS = ['before the opening', 'open', 'closed', 'picking', 'picked'] as const;

/** By then, a draw that was picked has been announced, in milliseconds. */
const ANNOUNCED_BY = 30_000;

/** Waits for a moment of the draw, and some time after that. */
async function some(world: World, moments: readonly [Moment, ...Moment[]] = MOMENTS): Promise<void> {
  await world.reached(world.random.one(moments));
  await sleep(world.random.from(0, 1_500));
}

const isWrite = (path: string): boolean => /\/chat\.(?:postMessage|update)/.test(path);
const isPost = (path: string): boolean => path.includes('/chat.postMessage');

/** Slack misbehaves for some calls of each process, from the beginning. */
function slack(name: string, fault: (world: World) => Fault, matches = isWrite): Kind {
  return {
    name,
    processes: 2,
    async strike(world) {
      const befalls = fault(world);
      for (const bot of world.bots) {
        // Some calls pass before it, and between two of them.
        const strikes = (path: string): boolean => {
          if (!matches(path) || !world.random.percent(60)) return false;
          world.injected++;
          return true;
        };
        bot.slack.fault(strikes, befalls, world.random.from(1, 4));
      }
    },
  };
}

/**
 * Waits until a process posts something for the n-th time, all of them counted.
 * @param befalls what happens to that call; without, it goes on
 * @returns undefined when nobody does: of a draw that another program ran in a moment, only the winners are posted
 */
function posting(world: World, nth: number, befalls?: Fault): Promise<Bot | undefined> {
  return new Promise((resolve) => {
    void world.reached('picked').then(() => setTimeout(() => resolve(undefined), ANNOUNCED_BY));
    let count = 0;
    for (const bot of world.bots) {
      const strikes = (path: string): boolean => {
        if (!isPost(path) || ++count !== nth) return false;
        resolve(bot);
        return befalls !== undefined;
      };
      bot.slack.fault(strikes, befalls ?? { kind: 'hang' });
    }
  });
}

/** Something happens to the process that is just posting. */
function whilePosting(name: string, processes: number, strike: (world: World, bot: Bot) => Promise<void>): Kind {
  return {
    name,
    processes,
    async strike(world) {
      const bot = await posting(world, world.random.from(1, 2));
      if (bot === undefined) return;
      // The call takes a few milliseconds; before, within and after it.
      await sleep(world.random.from(0, 12));
      world.injected++;
      await strike(world, bot);
    },
  };
}

async function killed(world: World, bot: Bot): Promise<void> {
  await bot.end('SIGKILL');
  await sleep(world.random.from(0, 2_000));
  await bot.start();
}

async function frozen(world: World, bot: Bot): Promise<void> {
  bot.signal('SIGSTOP');
  await sleep(world.random.from(14_000, 20_000));
  bot.signal('SIGCONT');
}

export const KINDS: readonly Kind[] = [
  slack('Slack: 429, Retry-After', () => ({ kind: 'status', status: 429, headers: { 'retry-after': '2' } })),
  slack('Slack: 500', () => ({ kind: 'status', status: 500 })),
  slack('Slack: no answer', () => ({ kind: 'hang' })),
  slack('Slack: answer lost', () => ({ kind: 'lose_answer' })),
  slack('Slack: connection reset', () => ({ kind: 'reset' })),
  slack('Slack: late, after the time-out', ({ random }) => ({ kind: 'delay', ms: random.from(5_500, 12_000) })),
  {
    name: 'Slack: away',
    processes: 2,
    async strike(world) {
      await some(world);
      world.injected++;
      const heal = world.bots.map((bot) => bot.slack.fault(() => true, { kind: 'reset' }));
      await sleep(world.random.from(3_000, 12_000));
      for (const end of heal) end();
    },
  },
  {
    name: 'Redis: stopped and started',
    processes: 2,
    async strike(world) {
      await some(world);
      world.injected++;
      await world.server.restart();
    },
  },
  {
    name: 'Redis: killed (append-only file)',
    processes: 2,
    async strike(world) {
      await some(world);
      world.injected++;
      await world.server.crash(world.random.from(0, 5_000));
    },
  },
  {
    name: 'Redis: killed while posting',
    processes: 2,
    async strike(world) {
      if ((await posting(world, world.random.from(1, 2))) === undefined) return;
      await sleep(world.random.from(0, 12));
      world.injected++;
      await world.server.crash(world.random.from(0, 3_000));
    },
  },
  {
    name: 'Redis: frozen',
    processes: 2,
    async strike(world) {
      await some(world);
      world.injected++;
      world.server.pause();
      await sleep(world.random.from(1_000, 8_000));
      world.server.resume();
    },
  },
  {
    name: 'bot: SIGKILL',
    processes: 1,
    async strike(world) {
      await some(world);
      world.injected++;
      for (const bot of world.bots) await killed(world, bot);
    },
  },
  whilePosting('bot: SIGKILL while posting', 1, killed),
  {
    name: 'bot: SIGTERM, started again',
    processes: 1,
    async strike(world) {
      await some(world);
      for (const bot of world.bots) {
        world.injected++;
        await bot.end('SIGTERM');
        await bot.start();
      }
    },
  },
  {
    name: 'bot: down at closing time',
    processes: 1,
    async strike(world) {
      await world.reached('open');
      await sleep(world.random.from(0, 2_000));
      world.injected++;
      for (const bot of world.bots) await bot.end('SIGKILL');
      await Promise.race([world.reached('closed'), sleep(15_000)]);
      await sleep(world.random.from(0, 3_000));
      for (const bot of world.bots) await bot.start();
    },
  },
  whilePosting('one of 2: SIGKILL while posting', 2, killed),
  whilePosting('one of 3: SIGKILL while posting', 3, killed),
  whilePosting('one of 2: frozen past its lease', 2, frozen),
  whilePosting('one of 3: frozen past its lease', 3, frozen),
  {
    name: 'one of 2: frozen, its message late',
    processes: 2,
    async strike(world) {
      const { random } = world;
      const late = random.from(15_000, 22_000);
      const holder = await posting(world, random.from(1, 2), { kind: 'delay', ms: late });
      if (holder === undefined) return;
      world.injected++;
      await frozen(world, holder);
    },
  },
  { name: 'none (another program takes part)', processes: 2, strike: async () => {} },
];
