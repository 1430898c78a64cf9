/**
 * `npm run build`: compiles the bot into `dist`. With `--if-older`, as `npm start` asks for, only where that is older
 * than the source.
 *
 * Any number may build in one folder at once, while others start what is there: each builds in a folder of its own, and
 * then puts one file after the other in its place, in one step each. So a file of the bot is never missing, nor half.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SRC = join(ROOT, 'src');
const DIST = join(ROOT, 'dist');

/** Where a build is made, within `dist`, so that its files can be moved. */
const WORK = '.building-';

/** Its time is that at which the build began: what is changed while it is made is newer. */
const STAMP = '.built';

/** After this time, in milliseconds, nobody is building there any more. */
const ABANDONED = 3_600_000;

if (!process.argv.includes('--if-older') || isOlder()) process.exitCode = build();

/** Whether something of what the bot is built from has changed since; what has been deleted changed its folder. */
function isOlder(): boolean {
  if (!existsSync(join(DIST, 'main.js')) || !existsSync(join(DIST, STAMP))) return true;
  const settings = readdirSync(ROOT).filter((name) => /^(?:package|tsconfig.*)\.json$/.test(name));
  const sources = ['.', ...readdirSync(SRC, { recursive: true, encoding: 'utf8' })].map((name) => join('src', name));
  const built = statSync(join(DIST, STAMP)).mtimeMs;
  return [...settings, ...sources].some((name) => changed(join(ROOT, name)) >= built);
}

/** When a file was written here; one that was moved or copied here keeps an older time as that of its content. */
function changed(path: string): number {
  const { mtimeMs, ctimeMs } = statSync(path);
  return Math.max(mtimeMs, ctimeMs);
}

/** Returns the exit status: what does not compile leaves the last build as it is. */
function build(): number {
  mkdirSync(DIST, { recursive: true });
  const work = mkdtempSync(join(DIST, WORK));
  try {
    writeFileSync(join(work, STAMP), '');
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', work];
    const { status } = spawnSync(process.execPath, [tsc, ...options], { cwd: ROOT, stdio: 'inherit' });
    if (status !== 0) return status ?? 1;
    cpSync(SRC, work, { recursive: true, filter: (file) => !file.endsWith('.ts') });
    putInPlace(work);
    return 0;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function putInPlace(work: string): void {
  const made = filesIn(work).filter((name) => name !== STAMP);
  for (const name of made) {
    mkdirSync(dirname(join(DIST, name)), { recursive: true });
    renameSync(join(work, name), join(DIST, name));
  }
  const wanted = new Set([...made, STAMP]);
  const left = filesIn(DIST).filter((name) => !wanted.has(name));
  for (const name of [...left, ...abandoned()]) rmSync(join(DIST, name), { recursive: true, force: true });
  renameSync(join(work, STAMP), join(DIST, STAMP));
}

/** The files within a folder and within its folders, by their path from there; but where somebody builds. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(WORK))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)).map((name) => join(entry.name, name)) : [entry.name],
    );
}

/** Where builds were made that were cut off. */
function abandoned(): readonly string[] {
  const before = Date.now() - ABANDONED;
  const works = readdirSync(DIST).filter((name) => name.startsWith(WORK));
  return works.filter((name) => (statSync(join(DIST, name), { throwIfNoEntry: false })?.mtimeMs ?? before) < before);
}
