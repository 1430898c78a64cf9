import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { type ProcessFixture, startProcessFixture } from '../support/process/fixture.ts';
import { buildIfOlder, npmStart } from '../support/process/npm-start.ts';
import { ROOT } from '../support/project/sources.ts';
import { redisInstalled } from '../support/redis.ts';
import { freePort } from '../support/workspace/loopback.ts';

const skipped = !redisInstalled();

const started = 'prizedraw cannot start';

/** A fresh copy of parts of the project. */
function copyOf(...parts: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'prizedraw-copy-'));
  for (const part of parts) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  return folder;
}

const source = (...parts: readonly string[]): string => {
  const folder = copyOf(...parts, 'package.json', 'tsconfig.json', 'tsconfig.build.json');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** A bot of a few lines in the same project: how it is built and started is the same, and takes a fraction of the time. */
const smallSource = (): string => {
  const folder = source('src/cli/build.ts');
  const files = {
    'src/main.ts': `import './slack/app.ts';\nprocess.stderr.write('${started}\\n');\nprocess.exitCode = 1;\n`,
    'src/slack/app.ts': 'export const app = 1;\n',
    'src/draw/login.ts': 'export const login = 1;\n',
    'src/draw/scripts/enter.lua': 'return 1\n',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

/** The files of a folder with these endings, as what is built of them is called. */
function filesOf(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => name.replace(/\.ts$/, '.js'))
    .toSorted();
}

/** Another text for each build: a file that is written anew may get the number of the one before it. */
function buildOf(folder: string): string {
  const { ino, mtimeMs } = statSync(join(folder, 'dist/main.js'));
  return `${ino} ${mtimeMs}`;
}

describe('npm start', () => {
  let folder = '';
  const inFolder = (name: string): string => join(folder, name);
  const built = (): string => buildOf(folder);
  beforeAll(async () => {
    folder = smallSource();
    expect(await npmStart(folder).ended).toContain(started);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('builds nothing where nothing has changed', async () => {
    const before = built();
    expect(await npmStart(folder).ended).toContain(started);
    expect(built()).toBe(before);
  }, 60_000);

  it.each(['src/draw/login.ts', 'src/draw/scripts/enter.lua', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])(
    'builds again where %s has changed, though it looks old',
    async (file) => {
      const before = built();
      writeFileSync(inFolder(file), `${readFileSync(inFolder(file), 'utf8')}\n`);
      utimesSync(inFolder(file), new Date(0), new Date(0));
      await buildIfOlder(folder);
      expect(built()).not.toBe(before);
      if (file.endsWith('.lua')) {
        expect(readFileSync(inFolder(file.replace('src', 'dist')))).toEqual(readFileSync(inFolder(file)));
      }
    },
    60_000,
  );

  it('takes out of the build what was taken out of the source', async () => {
    writeFileSync(inFolder('src/draw/more.ts'), 'export const more = 1;\n');
    await buildIfOlder(folder);
    expect(existsSync(inFolder('dist/draw/more.js'))).toBe(true);
    rmSync(inFolder('src/draw/more.ts'));
    expect(await npmStart(folder).ended).toContain(started);
    expect(existsSync(inFolder('dist/draw/more.js'))).toBe(false);
  }, 60_000);

  it('takes away what a build left that was cut off long ago, and leaves that of one that may be going on', async () => {
    const [old, young] = [inFolder('dist/.building-old'), inFolder('dist/.building-young')];
    for (const work of [old, young]) mkdirSync(work);
    utimesSync(old, new Date(0), new Date(0));
    rmSync(inFolder('dist/.built'));
    await buildIfOlder(folder);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
    rmSync(young, { recursive: true });
  }, 60_000);

  it('says so and starts nothing where the source does not compile, and leaves the last build', async () => {
    const before = built();
    writeFileSync(inFolder('src/draw/wrong.ts'), "export const wrong: number = 'a text';\n");
    const said = await npmStart(folder).ended;
    expect(said).toContain('src/draw/wrong.ts');
    expect(said).not.toContain(started);
    expect(built()).toBe(before);
    expect(readdirSync(inFolder('dist')).filter((name) => name.startsWith('.'))).toEqual(['.built']);
    rmSync(inFolder('src/draw/wrong.ts'));
  }, 60_000);
});

describe('a build over another', () => {
  it('leaves no moment in which a file of the bot is missing', async () => {
    const folder = smallSource();
    const files = ['dist/main.js', 'dist/slack/app.js', 'dist/draw/scripts/enter.lua'].map((name) =>
      join(folder, name),
    );
    await buildIfOlder(folder);
    const missing = new Set<string>();
    const look = setInterval(() => {
      for (const file of files) if (!existsSync(file)) missing.add(file);
    }, 2);
    const before = buildOf(folder);
    utimesSync(join(folder, 'src/main.ts'), new Date(), new Date());
    await Promise.all([buildIfOlder(folder), buildIfOlder(folder)]);
    clearInterval(look);
    expect(buildOf(folder)).not.toBe(before);
    expect([...missing]).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});

describe('npm start where the packages to develop it are not installed', () => {
  let folder = '';
  beforeEach(() => {
    folder = copyOf('package.json');
    mkdirSync(join(folder, 'node_modules'));
    const developing = ['.bin', 'typescript', '@typescript', 'tsx', 'vitest'];
    for (const name of readdirSync(join(ROOT, 'node_modules')).filter((each) => !developing.includes(each))) {
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    }
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it.each([[['dist']], [['dist', 'src']]])(
    'runs the built bot, with %j',
    async (parts) => {
      for (const part of parts) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
      expect(await npmStart(folder).ended).toContain(started);
    },
    60_000,
  );

  it('says what to do where there is no built bot', async () => {
    cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
    const said = await npmStart(folder).ended;
    expect(said).toContain('What builds it is not installed: npm ci');
    expect(said).not.toContain(started);
  }, 60_000);
});

describe.skipIf(skipped)(
  `npm start of several at once${skipped ? ' (skipped: redis-server is not installed here)' : ''}`,
  () => {
    let fixture: ProcessFixture | undefined;
    let folder = '';
    beforeAll(async () => {
      fixture = await startProcessFixture();
      folder = source('src');
    }, 90_000);
    afterAll(async () => {
      await fixture?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it.each(['one fresh copy', 'one copy whose source has changed'])(
      'brings all of them up: %s',
      async (copy) => {
        if (copy !== 'one fresh copy') utimesSync(join(folder, 'src/main.ts'), new Date(), new Date());
        const three = await Promise.all(
          [1, 2, 3].map(async () => {
            const port = await freePort();
            return { port, bot: npmStart(folder, fixture?.settings(port)) };
          }),
        );
        try {
          for (const { port, bot } of three) {
            const ready = async () =>
              (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok || undefined;
            await until(ready, { patience: 60_000, what: 'a bot' }).catch((cause: unknown) => {
              throw new Error(`It said:\n${bot.said().slice(-3_000)}`, { cause });
            });
          }
        } finally {
          await Promise.all(three.map(({ bot }) => bot.end()));
        }
        expect(readdirSync(join(folder, 'dist')).filter((name) => name.startsWith('.'))).toEqual(['.built']);
        // The whole bot, and nothing else.
        const source = filesOf(join(folder, 'src'), '.ts', '.lua').filter((name) => name !== join('cli', 'build.js'));
        expect(filesOf(join(folder, 'dist'), '.js', '.lua')).toEqual(source);
      },
      120_000,
    );
  },
);
