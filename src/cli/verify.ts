import { readFile } from 'node:fs/promises';
import { createDrand } from '../drand/index.ts';
import { check } from '../draw/fair/check.ts';
import { listInProcess } from '../draw/fair/entrant-list.ts';
import { parseFile } from '../draw/fair/file.ts';
import { oneLine } from '../draw/fair/one-line.ts';
import { short } from '../draw/fair/short.ts';
import { MARKS } from '../draw/fair/verdict.ts';
import { createLog } from '../log.ts';

const HELP = `npm run verify -- FILE [LOGIN …]

Checks the record of a pick and its entrants, as /prizedraw proof and node dist/cli/export-proof.js give them, and tells how the tickets
of these logins ranked. Needs no network, no Redis and no Slack.`;

const [path, ...logins] = process.argv.slice(2);
if (path === undefined || path === '--help') {
  process.stdout.write(`${HELP}\n`);
  process.exit(path === undefined ? 2 : 0);
}
const text = await readFile(path, 'utf8').catch((error: unknown) => {
  process.stderr.write(`${path} cannot be read (${error instanceof Error ? error.message : error}).\n`);
  process.exit(2);
});
const file = parseFile(text);
if ('problem' in file) {
  process.stderr.write(`${path} is not the record of a pick. ${file.problem}\n`);
  process.exit(2);
}
// Its addresses are not asked: what drand signed is checked against its key, which is known here.
const beacon = createDrand({ urls: [], log: createLog('silent', []) });
const wanted = logins.map((login) => login.toLowerCase());
const { verdict, steps, ranks } = await check(file.proof, listInProcess(file.entrants), beacon, wanted);
await beacon.close();

const { source, round, entrants, entrantsDigest, prizesDigest, winners } = file.proof;
const write = (line: string): void => void process.stdout.write(`${line}\n`);
for (const step of steps) write(`${MARKS[step.verdict]} ${oneLine(step.what)}`);
for (const { login, rank } of ranks) {
  const prize = winners.find((winner) => winner.login === login)?.prize;
  const won = prize === undefined ? '' : ` and won: ${oneLine(prize)}`;
  write(
    `   ${login} ${rank === undefined ? 'was not in the draw' : `was in the draw; its ticket ranked ${rank}${won}`}`,
  );
}
const CONCLUSIONS = {
  right: 'The pick was right: the record agrees with itself and with drand.',
  unproven: 'The winners follow from the record, but where its seed came from cannot be checked.',
  wrong: 'The pick does not check out.',
} as const;
write(CONCLUSIONS[verdict]);
if (verdict !== 'wrong' && source === 'drand') {
  write('Now compare with what was posted in Slack before the pick:');
  write(`   ${entrants} entrants, round ${round}, entrants ${short(entrantsDigest)}, prizes ${short(prizesDigest)}`);
}
process.exitCode = verdict === 'wrong' ? 1 : 0;
