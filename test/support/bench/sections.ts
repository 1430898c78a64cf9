import { measureAtRest } from '../at-rest/measure.ts';
import { type Burst, measureBurst } from './burst.ts';
import { type Amount, measure } from './entering.ts';
import { measurePicks, type Picked, type Size } from './picking.ts';
import { startSocketSystems, startSystems } from './systems.ts';
import { ratio, table, workTable } from './tables.ts';
import { measureWinners } from './winners.ts';
import { BOLT, BOLT_SCRIPT, ENTER, EXPRESS, OTHER_WORK, SOCKET_WORK } from './works.ts';

/** How much is measured. */
export interface Extent {
  readonly amount: Amount;
  readonly picks: readonly Size[];
  /** Whether winners are picked with a beacon as well, whose round takes seconds to come. */
  readonly withBeacon: boolean;
  readonly winners: number;
  readonly atRest: { readonly draws: number; readonly seconds: number; readonly settle?: number };
  readonly burst: Burst;
}

/** What is claimed. */
export const WHOLE: Extent = {
  amount: { requests: 10_000, rounds: 5, atOnce: [1, 50, 500] },
  picks: [
    { prizes: 10, entrants: 100 },
    { prizes: 1_000, entrants: 100_000 },
    { prizes: 1_000, entrants: 1_000_000 },
  ],
  withBeacon: true,
  winners: 1_000,
  atRest: { draws: 1_000, seconds: 60 },
  burst: { entries: 10_000, seconds: 10, channels: 100, processes: 3 },
};

/** No more than shows that all of it runs. */
export const QUICK: Extent = {
  amount: { requests: 100, rounds: 1, atOnce: [10] },
  picks: [{ prizes: 3, entrants: 30 }],
  withBeacon: false,
  winners: 5,
  atRest: { draws: 2, seconds: 1, settle: 0 },
  burst: { entries: 100, seconds: 1, channels: 5, processes: 2 },
};

/** Each part of the bench, under its name: measures, and says what came of it in Markdown. */
export const SECTIONS: Readonly<Record<string, (extent: Extent, profileTo?: string) => Promise<string>>> = {
  async entering({ amount }, profileTo) {
    const systems = await startSystems(profileTo);
    try {
      const rows = await measure([BOLT, BOLT_SCRIPT, EXPRESS, ENTER, ...OTHER_WORK], systems, amount);
      return `### What people ask for\n\n${workTable(rows, '(b)')}`;
    } finally {
      await systems.close();
    }
  },

  async socket({ amount }, profileTo) {
    const systems = await startSocketSystems(profileTo);
    try {
      return `### Over Socket Mode\n\n${workTable(await measure(SOCKET_WORK, systems, amount), '(b)')}`;
    } finally {
      await systems.close();
    }
  },

  async picking({ picks, withBeacon }) {
    const rows: string[][] = [];
    for (const size of picks) {
      const { prizes, entrants, bare, local, beacon } = await measurePicks(size, withBeacon);
      const of = `${prizes.toLocaleString('en')} of ${entrants.toLocaleString('en')}`;
      rows.push(
        pickRow(`${of}: the bare work`, bare, bare),
        pickRow(`${of}: the bot, \`local\``, local, bare),
        ...(beacon ? [pickRow(`${of}: with a beacon`, beacon, bare)] : []),
      );
    }
    const head = ['', 'ms', '÷ bare', 'CPU ms', '÷ bare', 'peak MB', 'others wait, p99 ms', 'at most'];
    return `### The pick\n\n${table(head, rows)}`;
  },

  async winners({ winners }) {
    const { first, last, known } = await measureWinners(winners, 100);
    const head = ['', 'first answer, ms', 'last message', 'every name known'];
    const row = [`${winners.toLocaleString('en')} winners, a GitHub of 100 ms`, ...[first, last, known].map(whole)];
    return `### Winners whose profiles have expired\n\n${table(head, [row])}`;
  },

  async 'at-rest'({ atRest }) {
    const { draws, seconds, settle } = atRest;
    const { bot, redis, commands } = await measureAtRest(draws, seconds, settle);
    const head = ['', 'bot, % of a core', 'Redis, % of a core', 'commands a second'];
    const row = [`${draws.toLocaleString('en')} draws open`, bot.toFixed(1), redis.toFixed(1), whole(commands)];
    return `### Draws at rest\n\n${table(head, [row])}`;
  },

  async burst({ burst }) {
    const { entries, seconds, channels, processes } = burst;
    const { entered, late, p50, p99, most, cpu } = await measureBurst(burst);
    const head = ['', 'are in', 'the last answer, ms late', 'p50 ms', 'p99 ms', 'at most', 'CPU µs an entry'];
    const of = `${entries.toLocaleString('en')} entries in ${seconds} s, ${channels} channels, ${processes} processes`;
    return `### Everybody at once\n\n${table(head, [[of, ...[entered, late, p50, p99, most, cpu].map(whole)]])}`;
  },
};

function pickRow(name: string, { ms, cpu, memory, waits }: Picked, bare: Picked): string[] {
  const waited = waits === undefined ? ['', ''] : [waits.p99.toFixed(0), waits.most.toFixed(0)];
  return [name, whole(ms), ratio(ms, bare.ms), whole(cpu), ratio(cpu, bare.cpu), String(memory), ...waited];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
