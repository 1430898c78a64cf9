import { parseArgs } from 'node:util';
import build from '../process/build.ts';
import { CHANNELS } from './fixture.ts';
import { KINDS } from './kinds.ts';
import { isWell, lineOf, type Result, runOnce } from './run.ts';
import { table } from './table.ts';

const HELP = `npm run test:faults -- [--runs 96] [--from 1] [--seed 1] [--at-once 12] [--strikes 9] [--only WORDS]

Runs whole draws through the built bot while Slack, Redis, and the bot itself fail in every way of a table, and counts
winners and announcements that are missing or doubled. Each run is ${CHANNELS} draws side by side, each in its channel. Needs
redis-server.
  --runs     how many runs; ${CHANNELS} draws each
  --from     the number of the first run: with the same seed, the same number is the same draws
  --seed     another number, other moments and draws
  --at-once  how many runs side by side
  --strikes  how many calls of each process Slack misbehaves for at most; with more, a run takes minutes, as the bot
             tries again ever more rarely
  --only     the kinds of fault with these words in their name`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '96' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '12' },
    strikes: { type: 'string', default: '9' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean' },
  },
});
const write = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  // One for each process that runs.
  process.setMaxListeners(200);
  const kinds = KINDS.filter(({ name }) => name.includes(values.only));
  const runs = Array.from({ length: Number(values.runs) }, (_, index) => index + Number(values.from));
  build();
  const results: Result[] = [];
  const begin = performance.now();
  const worker = async (): Promise<void> => {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
      const kind = kinds[(run - 1) % kinds.length];
      if (kind === undefined) return;
      const result = await runOnce(run, kind, Number(values.seed), Number(values.strikes)).catch(
        (error: unknown): Result => {
          return { run, kind, draws: [], broke: String(error), injected: 0, seconds: 0 };
        },
      );
      results.push(result);
      write(lineOf(result));
    }
  };
  await Promise.all(Array.from({ length: Number(values['at-once']) }, worker));
  const draws = results.reduce((sum, result) => sum + result.draws.length, 0);
  write(`\n${table(kinds, results)}\n`);
  write(
    `${draws} draws in ${results.length} runs, ${CHANNELS} channels each, in ${Math.round((performance.now() - begin) / 1000)} s; seed ${values.seed}`,
  );
  return results.every(isWell) ? 0 : 1;
}

if (values.help) write(HELP);
// Whatever a run that broke off has left behind keeps nobody waiting.
else process.exit(await main());
