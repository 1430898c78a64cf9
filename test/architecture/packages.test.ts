import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importsOf, packageOf, read, type Source, sources } from '../support/project/sources.ts';

const names = z.record(z.string(), z.string());
const pkg = z
  .object({
    type: z.literal('module'),
    engines: z.object({ node: z.string() }),
    scripts: names,
    dependencies: names,
    devDependencies: names,
  })
  .parse(JSON.parse(read('package.json')));

const SRC = sources('src', '.ts');
const TESTS = [...sources('test', '.ts', '.tsx'), { path: 'vitest.config.ts', text: read('vitest.config.ts') }];

function packages(files: readonly Source[], withTypes: boolean): Set<string> {
  const imported = files.flatMap(importsOf).filter(({ typesOnly }) => withTypes || !typesOnly);
  return new Set(
    imported
      .map(({ from }) => from)
      .filter((from) => !/^(?:node:|src\/|test\/)/.test(from))
      .map(packageOf),
  );
}

/** Used by their command, or by the compiler. */
const TOOLS = ['@biomejs/biome', 'tsx', 'typescript', '@types/node'];

describe('package.json', () => {
  it('names every package that the bot needs at run time', () => {
    expect([...packages(SRC, false)].filter((name) => !(name in pkg.dependencies))).toEqual([]);
  });

  it('names no package that the bot does not need', () => {
    const needed = packages(SRC, false);
    expect(Object.keys(pkg.dependencies).filter((name) => !needed.has(name))).toEqual([]);
  });

  it('names every package whose types the bot uses, or has it from one that it names', () => {
    // @slack/types comes with @slack/bolt, which says so.
    const named = { ...pkg.dependencies, ...pkg.devDependencies, '@slack/types': '' };
    expect([...packages(SRC, true)].filter((name) => !(name in named))).toEqual([]);
  });

  it('names every package that the tests need', () => {
    const named = { ...pkg.dependencies, ...pkg.devDependencies, '@slack/types': '' };
    expect([...packages(TESTS, true)].filter((name) => !(name in named))).toEqual([]);
  });

  it('names no package for development that nothing uses', () => {
    const used = packages([...SRC, ...TESTS], true);
    const unused = Object.keys(pkg.devDependencies).filter(
      (name) => !used.has(name) && !used.has(name.replace('@types/', '')) && !TOOLS.includes(name),
    );
    expect(unused).toEqual([]);
  });

  it('says which Node.js it runs on', () => {
    expect(pkg.engines.node).toBe('>=20.18.1');
  });

  it.each(['start', 'dev', 'demo', 'test', 'check', 'build'])('has the command npm run %s', (name) => {
    expect(pkg.scripts[name]).toBeTruthy();
  });
});
