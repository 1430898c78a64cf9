import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BotFixture } from '../fixtures/bot.ts';
import { CAST } from './cast.ts';
import { DemoProblem, startDemoFixture } from './fixture.ts';
import { play } from './play.ts';
import { Transcript } from './transcript.ts';
import { openPage } from './web/page.ts';

/** Between two things that happen in the played draw, in milliseconds: slow enough to watch. */
const SLOWLY = 1_800;

const HELP = `npm run demo             a Slack workspace in the browser, to run a draw by hand
npm run demo -- --play   the same, and a whole draw is played in it
npm run demo -- --text   a whole draw as text, here

DEMO_PORT  the port of the page (4000; another one where that is taken)
REDIS_URL  a real Redis to use instead of the embedded one, under keys of the demo's own`;

const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** Plays a whole draw as text. */
async function asText(fixture: BotFixture): Promise<void> {
  write('A whole prize draw, played through the real bot. Slack and GitHub are emulated on this machine.');
  await play(fixture, new Transcript(fixture.slack, write));
  write('\nThat was it. To run prizedraw in your own Slack, follow README.md.');
}

function portWanted(): number {
  const port = Number(process.env['DEMO_PORT'] || 4000);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DemoProblem('DEMO_PORT must be a port number, such as 4000.');
}

/** Serves the page until somebody presses Ctrl+C; plays a draw in it if asked to. */
async function inBrowser(fixture: BotFixture, played: boolean): Promise<void> {
  const page = await openPage(fixture, CAST, portWanted());
  write(`Open ${page.url} in a browser. (Ctrl+C ends it.)`);
  if (played) {
    write('A draw will be played in it as soon as it is open.');
    await page.opened();
    await play(fixture, new Transcript(fixture.slack, write), () => sleep(SLOWLY));
    write('\nThat was it. Go on by hand, or press Ctrl+C.');
  }
  await new Promise<void>((resolve) => {
    // A terminal and npm both pass on one Ctrl+C; the second must not cut off the tidying up.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  await page.close();
}

async function run(): Promise<void> {
  const { values } = options();
  if (values.help) return write(HELP);
  const fixture = await startDemoFixture(CAST, process.env['REDIS_URL'] || undefined);
  try {
    await (values.text ? asText(fixture) : inBrowser(fixture, values.play === true));
  } finally {
    await fixture.close();
  }
}

function options() {
  try {
    return parseArgs({
      options: { text: { type: 'boolean' }, play: { type: 'boolean' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    throw new DemoProblem(`${error instanceof Error ? error.message : error}\n${HELP}`);
  }
}

try {
  await run();
} catch (error) {
  if (!(error instanceof DemoProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
