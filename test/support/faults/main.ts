import { parseArgs } from 'node:util';
import build from '../process/build.ts';
import { startFaultFixture } from './fixture.ts';
import { KINDS, type Kind } from './kinds.ts';
import { randomOf } from './random.ts';
import { makePlan, type Plan, tell } from './story.ts';
import { table } from './table.ts';
import { isRight, judge, type Verdict } from './verdict.ts';

const HELP = `npm run test:faults -- [--runs 200] [--from 1] [--seed 1] [--at-once 8] [--only WORDS]

Runs whole draws through the built bot while Slack, Redis, and the bot itself fail in every way of a table, and counts
winners and announcements that are missing or doubled. Needs redis-server.
  --runs     how many draws
  --from     the number of the first draw: with the same seed, the same number is the same draw
  --seed     another number, other moments and draws
  --at-once  how many draws side by side
  --only     the kinds of fault with these words in their name`;

/** What came of one run. */
export interface Result extends Verdict {
  readonly run: number;
  readonly kind: Kind;
  readonly plan: Plan | undefined;
  readonly injected: number;
  readonly seconds: number;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean' },
  },
});
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs one draw with one kind of fault. */
async function runOnce(run: number, kind: Kind): Promise<Result> {
  const begin = performance.now();
  const fixture = await startFaultFixture(kind.processes, randomOf(Number(values.seed) * 100_000 + run));
  let plan: Plan | undefined;
  let verdict: Verdict;
  try {
    plan = makePlan(fixture, run);
    const striking = kind.strike(fixture);
    striking.catch(() => {});
    await tell(fixture, plan);
    await striking;
    verdict = await judge(fixture, plan);
  } catch (error) {
    verdict = { lost: 0, doubled: 0, takenBack: 0, wrong: [error instanceof Error ? error.message : String(error)] };
  } finally {
    await fixture.close();
  }
  return { ...verdict, run, kind, plan, injected: fixture.injected, seconds: (performance.now() - begin) / 1000 };
}

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
      const result = await runOnce(run, kind);
      results.push(result);
      const { lost, doubled, wrong, plan, seconds } = result;
      if (isRight(result)) write(`run ${run}, ${kind.name}: all is well after ${Math.round(seconds)} s`);
      else
        write(
          `run ${run}, ${kind.name}: ${JSON.stringify({ lost, doubled, wrong, plan: { ...plan, prizes: plan?.prizes.length, others: plan?.others.length } })}`,
        );
    }
  };
  await Promise.all(Array.from({ length: Number(values['at-once']) }, worker));
  write(`\n${table(kinds, results)}\n`);
  write(
    `${results.length === 1 ? '1 draw' : `${results.length} draws`} in ${Math.round((performance.now() - begin) / 1000)} s, seed ${values.seed}`,
  );
  return results.every(isRight) ? 0 : 1;
}

if (values.help) write(HELP);
else process.exitCode = await main();
