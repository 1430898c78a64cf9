import { setTimeout as sleep } from 'node:timers/promises';
import type { Fields } from '../workspace/json.ts';
import { FAILOVERS } from './failovers.ts';
import { frozen, isWrite, type Kind, killed, LONG, posting, slack, some, whilePosting } from './strikes.ts';

/** In their order: those that take longest come first, so that none is left alone at the end. */
export const KINDS: readonly Kind[] = [
  slack('Slack: 429, Retry-After', () => ({ kind: 'status', status: 429, headers: { 'retry-after': '2' } })),
  slack('Slack: 500', () => ({ kind: 'status', status: 500 })),
  slack('Slack: no answer', () => ({ kind: 'hang' })),
  slack('Slack: answer lost', () => ({ kind: 'lose_answer' })),
  slack('Slack: connection reset', () => ({ kind: 'reset' })),
  slack('Slack: late, after the time-out', ({ random }) => ({ kind: 'delay', ms: random.from(5_500, 12_000) })),
  {
    name: 'Slack: refuses long messages',
    processes: 2,
    async strike(fixture) {
      const refused = { ok: false, error: 'msg_blocks_too_long' };
      for (const bot of fixture.bots) {
        const isLong = (path: string, body: Fields): boolean => {
          if (!isWrite(path) || JSON.stringify(body['blocks'] ?? []).length < LONG) return false;
          fixture.injected++;
          return true;
        };
        bot.slack.fault(isLong, { kind: 'status', status: 200, body: refused });
        // And of those that it takes, some answers are lost.
        const isLost = (path: string): boolean => isWrite(path) && fixture.random.percent(30);
        bot.slack.fault(isLost, { kind: 'lose_answer' }, fixture.random.from(2, 5));
      }
    },
  },
  {
    name: 'Slack: away',
    processes: 2,
    async strike(fixture) {
      await some(fixture);
      fixture.injected++;
      const heal = fixture.bots.map((bot) => bot.slack.fault(() => true, { kind: 'reset' }));
      await sleep(fixture.random.from(3_000, 12_000));
      for (const end of heal) end();
    },
  },
  {
    name: 'clocks wrong, and set; answers lost',
    processes: 2,
    differences: { clocks: [4 * 60_000, -4 * 60_000] },
    async strike(fixture) {
      for (const bot of fixture.bots) {
        const isLost = (path: string): boolean => {
          if (!isWrite(path) || !fixture.random.percent(40)) return false;
          fixture.injected++;
          return true;
        };
        bot.slack.fault(isLost, { kind: 'lose_answer' }, fixture.random.from(2, 6));
      }
    },
  },
  {
    name: 'Redis: stopped and started',
    processes: 2,
    async strike(fixture) {
      await some(fixture);
      fixture.injected++;
      await fixture.place.server().restart();
    },
  },
  {
    name: 'Redis: killed (append-only file)',
    processes: 2,
    async strike(fixture) {
      await some(fixture);
      fixture.injected++;
      await fixture.place.server().crash(fixture.random.from(0, 5_000));
    },
  },
  {
    name: 'Redis: killed while posting',
    processes: 2,
    async strike(fixture) {
      if ((await posting(fixture, fixture.random.from(1, 5))) === undefined) return;
      await sleep(fixture.random.from(0, 12));
      fixture.injected++;
      await fixture.place.server().crash(fixture.random.from(0, 3_000));
    },
  },
  {
    name: 'Redis: frozen',
    processes: 2,
    async strike(fixture) {
      await some(fixture);
      fixture.injected++;
      fixture.place.server().pause();
      await sleep(fixture.random.from(1_000, 8_000));
      fixture.place.server().resume();
    },
  },
  {
    name: 'Redis: a replica for a while',
    processes: 2,
    async strike(fixture) {
      await some(fixture);
      fixture.injected++;
      // Nobody is there to copy from: it keeps what it has, and takes no changes.
      await fixture.redis.replicaof('127.0.0.1', 9);
      await sleep(fixture.random.from(1_000, 8_000));
      await fixture.redis.replicaof('NO', 'ONE');
    },
  },
  {
    name: 'bot: SIGKILL',
    processes: 1,
    async strike(fixture) {
      await some(fixture);
      fixture.injected++;
      for (const bot of fixture.bots) await killed(fixture, bot);
    },
  },
  whilePosting('bot: SIGKILL while posting', 1, killed),
  {
    name: 'bot: SIGTERM, started again',
    processes: 1,
    async strike(fixture) {
      await some(fixture);
      for (const bot of fixture.bots) {
        fixture.injected++;
        await bot.end('SIGTERM');
        await bot.start();
      }
    },
  },
  {
    name: 'bot: down at closing time',
    processes: 1,
    async strike(fixture) {
      await fixture.reached('open');
      await sleep(fixture.random.from(0, 2_000));
      fixture.injected++;
      for (const bot of fixture.bots) await bot.end('SIGKILL');
      await Promise.race([fixture.reached('closed'), sleep(15_000)]);
      await sleep(fixture.random.from(0, 3_000));
      for (const bot of fixture.bots) await bot.start();
    },
  },
  whilePosting('one of 2: SIGKILL while posting', 2, killed),
  whilePosting('one of 3: SIGKILL while posting', 3, killed),
  whilePosting('one of 2: frozen past its lease', 2, frozen),
  whilePosting('one of 3: frozen past its lease', 3, frozen),
  {
    name: 'one of 2: frozen, its message late',
    processes: 2,
    async strike(fixture) {
      const { random } = fixture;
      const late = random.from(15_000, 22_000);
      const holder = await posting(fixture, random.from(1, 5), { kind: 'delay', ms: late });
      if (holder === undefined) return;
      fixture.injected++;
      await frozen(fixture, holder);
    },
  },
  {
    name: 'two versions, each ended in turn',
    processes: 2,
    differences: { isNewer: true },
    async strike(fixture) {
      for (const moment of ['open', 'closed', 'picked'] as const) {
        await some(fixture, [moment]);
        const [first, ...others] = fixture.bots;
        if (first === undefined) return;
        const bot = fixture.random.one([first, ...others]);
        fixture.injected++;
        await bot.end(fixture.random.one(['SIGTERM', 'SIGKILL']));
        await sleep(fixture.random.from(0, 2_000));
        await bot.start();
      }
    },
  },
  {
    name: 'two settings, the right one killed',
    processes: 2,
    differences: { isElsewhere: true },
    async strike(fixture) {
      await some(fixture);
      fixture.injected++;
      const [right] = fixture.bots;
      if (right) await killed(fixture, right);
    },
  },
  { name: 'none (another program takes part)', processes: 2, strike: async () => {} },
  ...FAILOVERS,
];
