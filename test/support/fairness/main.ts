import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createDraws } from '../../../src/draw/index.ts';
import { isProof } from '../../../src/draw/last-proof.ts';
import { readInThreads } from '../../../src/entrant-threads/index.ts';
import { createRedis } from '../../../src/redis.ts';
import build from '../process/build.ts';
import { startRedis } from '../redis.ts';
import { byOurPick, bySpop } from './draws.ts';
import { histogram } from './histogram.ts';
import { fill, measured } from './million.ts';
import { statistics } from './statistics.ts';

const HELP = `npm run fairness -- [--draws 100000] [--entrants 300] [--million]

Draws one winner among the same entrants again and again, by our pick and by Redis's SPOP on the same server, and shows how
often each entrant won: as figures, and with 100,000 draws or more as a picture, docs/fairness.svg. Needs redis-server.
  --million  instead, picks once among 1,000,000 entrants and measures what others notice of it`;

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const PICTURE = new URL('../../../docs/fairness.svg', import.meta.url);

/** The README shows no picture of fewer draws. */
const ENOUGH = 100_000;

async function compare(draws: number, people: number): Promise<void> {
  const server = await startRedis();
  const entrants = Array.from({ length: people }, (_, index) => `entrant-${index + 1}`);
  const counts = {
    prizedraw: await byOurPick(draws, entrants),
    SPOP: await bySpop(server.client(), draws, entrants),
  };
  await server.close();
  write(
    `${draws.toLocaleString('en')} draws of one winner among ${people} entrants, Redis's SPOP on the same server.\n`,
  );
  write('            chi-square         z   luckiest   unluckiest');
  for (const [name, count] of Object.entries(counts)) {
    const { square, z, most, least } = statistics(count, draws);
    const cells = [square.toFixed(0).padStart(12), z.toFixed(2).padStart(10), `${most.toFixed(2)} ×`.padStart(11)];
    write(`${name.padEnd(10)}${cells.join('')}${`${least.toFixed(2)} ×`.padStart(13)}`);
  }
  write('\nz: how far chi-square lies from what chance alone gives; between -3 and 3 nearly always.');
  write('luckiest, unluckiest: how often that entrant won, as a multiple of a fair share.');
  if (draws < ENOUGH) return;
  await writeFile(PICTURE, histogram(counts, draws));
  write(`\nThe picture is in ${fileURLToPath(PICTURE)}.`);
}

async function million(): Promise<void> {
  build();
  const server = await startRedis();
  await fill(server.client(), 1_000_000, 1_000);
  const redis = createRedis(server.url, 'prizedraw');
  await redis.connect();
  const profiles = { lookUp: async () => ({ kind: 'unreachable' as const }) };
  const onProblem = (error: Error): never => {
    throw error;
  };
  const readEntrantList = readInThreads({ redis, redisUrl: server.url, keyPrefix: 'prizedraw', onProblem });
  const draw = createDraws({ redis, profiles, home: 'C0HOME', readEntrantList }).home;
  const picked = await measured(server.url, () => draw.pick());
  const proof = await draw.lastProof();
  if (!isProof(proof)) throw new Error('There is no record of the pick.');
  const checked = await measured(server.url, () => draw.checkProof(proof, ['entrant-1']));
  for (const [what, { seconds, eventLoop, redis: slowest, megabytes }] of Object.entries({
    pick: picked,
    verify: checked,
  })) {
    write(
      `${what}: 1,000,000 entrants, 1,000 prizes, ${seconds.toFixed(1)} s; others waited at most ${eventLoop.toFixed(0)} ms ` +
        `for this process and ${slowest.toFixed(0)} ms for Redis; ${megabytes.toFixed(0)} MB more memory`,
    );
  }
  redis.disconnect();
  await server.close();
}

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '100000' },
    entrants: { type: 'string', default: '300' },
    million: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (values.help) write(HELP);
else await (values.million ? million() : compare(Number(values.draws), Number(values.entrants)));
