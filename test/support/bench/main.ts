import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import build from '../process/build.ts';
import { ROOT } from '../process/run.ts';
import { machine } from './machine.ts';
import { QUICK, SECTIONS, WHOLE } from './sections.ts';

const HELP = `npm run bench -- [--quick] [--only entering,socket] [--profile FOLDER] [--write]

Measures what is claimed about speed, as ratios in one run: the built bot beside Bolt alone, beside what the original
application does, and a pick beside the bare work. Needs redis-server, and Linux; takes about 20 minutes.
  --quick    only shows that it runs
  --only     some of: ${Object.keys(SECTIONS).join(', ')}
  --profile  the bot's CPU profile of 'entering' goes into this folder
  --write    writes what it measured into docs/performance.md`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(SECTIONS).join(',') },
    profile: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const write = (text: string): void => void process.stdout.write(`${text}\n\n`);

/** What is measured stands between these lines. */
const FIGURES = /(<!-- figures -->\n).*(<!-- end of figures -->)/s;

async function main(): Promise<void> {
  const { quick, only, profile, write: isKept } = values;
  const unknown = only.split(',').filter((name) => SECTIONS[name] === undefined);
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}. See --help.`);
  const profileTo = profile === undefined ? undefined : resolve(profile);
  if (profileTo !== undefined) mkdirSync(profileTo, { recursive: true });
  build();
  const parts = [machine()];
  write(parts[0] ?? '');
  const sections = only.split(',').map((name) => () => SECTIONS[name]?.(quick ? QUICK : WHOLE, profileTo) ?? '');
  // One after the other: figures of what runs side by side say nothing.
  const begun = quick ? sections.map((section) => section()) : undefined;
  for (const [index, section] of sections.entries()) {
    const part = await (begun?.[index] ?? section());
    write(part);
    parts.push(part);
  }
  if (!isKept) return;
  const file = `${ROOT}docs/performance.md`;
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(FIGURES, (_all, before, after) => `${before}\n${parts.join('\n\n')}\n\n${after}`),
  );
}

if (values.help) write(HELP);
else await main();
