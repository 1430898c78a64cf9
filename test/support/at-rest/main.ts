import { parseArgs } from 'node:util';
import build from '../process/build.ts';
import { measureAtRest } from './measure.ts';

const HELP = `npm run at-rest -- [--draws 1000] [--seconds 60]

Opens many draws at once, each in its channel, has the built bot announce them, and measures how much of a processor
core it takes while nothing happens. Needs redis-server, and Linux.
  --draws    how many draws
  --seconds  how long to measure`;

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    help: { type: 'boolean' },
  },
});
const write = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const draws = Number(values.draws);
  const seconds = Number(values.seconds);
  build();
  const { bot, redis, commands } = await measureAtRest(draws, seconds);
  write(
    `${draws} draws open, ${seconds} s at rest: bot ${bot.toFixed(2)} % of a core, redis-server ${redis.toFixed(2)} % of a core, ${Math.round(commands)} commands a second (those in scripts included)`,
  );
}

if (values.help) write(HELP);
else await main();
