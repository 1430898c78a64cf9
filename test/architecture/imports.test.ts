import { describe, expect, it } from 'vitest';
import { importsOf, packageOf, type Source, sources, withoutComments } from '../support/project/sources.ts';

const SRC = sources('src', '.ts');
const within = (folder: string): Source[] => SRC.filter(({ path }) => path.startsWith(folder));

/** `file → import` for each import that a file should not have. */
function forbidden(files: readonly Source[], isForbidden: (from: string) => boolean): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ from }) => isForbidden(from))
      .map(({ from }) => `${file.path} → ${from}`),
  );
}

describe('the draw', () => {
  it('knows nothing of Slack, HTTP or GitHub', () => {
    const outside = /^(?:@slack\/|undici$|node:https?|node:http2|node:net|node:tls|src\/(?!draw\/))/;
    expect(within('src/draw/').length).toBeGreaterThan(10);
    expect(forbidden(within('src/draw/'), (from) => outside.test(from))).toEqual([]);
  });
});

describe('announcing', () => {
  it('knows nothing of Slack, HTTP or GitHub', () => {
    const outside =
      /^(?:@slack\/|undici$|node:https?|node:http2|node:net|node:tls|src\/(?:slack|github|drand|release-1)\/)/;
    expect(within('src/announcements/').length).toBeGreaterThan(10);
    expect(forbidden(within('src/announcements/'), (from) => outside.test(from))).toEqual([]);
  });

  it('says what should be in a channel by pure functions alone', () => {
    const desired = ['src/announcements/desired.ts', 'src/announcements/form.ts'].flatMap(within);
    expect(desired).toHaveLength(2);
    const needed = desired.flatMap(importsOf).filter(({ typesOnly }) => !typesOnly);
    expect(needed.map(({ from }) => from)).toEqual(['node:crypto', 'src/announcements/form.ts']);
    const impure = /\bnew Date\(\s*\)|\b(?:Date\.now|Math\.random|random\w*\(|performance|setTimeout|console)\b/;
    expect(desired.filter(({ text }) => impure.test(withoutComments(text)))).toEqual([]);
  });
});

describe('what release 1 left', () => {
  it('is taken over without Slack, and nothing but the program that puts everything together knows of it', () => {
    expect(within('src/release-1/').length).toBeGreaterThan(2);
    expect(forbidden(within('src/release-1/'), (from) => /^(?:@slack\/|src\/(?:slack|github)\/)/.test(from))).toEqual(
      [],
    );
    const users = SRC.filter(({ path }) => !path.startsWith('src/release-1/')).filter((file) =>
      importsOf(file).some(({ from }) => from.startsWith('src/release-1/')),
    );
    expect(users.map(({ path }) => path)).toEqual(['src/compose.ts']);
  });
});

describe('looking profiles up', () => {
  it('knows nothing of Slack or Redis', () => {
    expect(forbidden(within('src/github/'), (from) => /^(?:@slack\/|ioredis$|src\/slack\/)/.test(from))).toEqual([]);
  });
});

describe('rendering', () => {
  /** Pure functions. */
  const PURE = new Set([
    'src/draw/duration.ts',
    'src/draw/fair/one-line.ts',
    'src/draw/fair/short.ts',
    'src/draw/fair/verdict.ts',
    'src/draw/prizes.ts',
    'src/draw/types.ts',
    'src/slack/draw-ref.ts',
    'src/slack/ids.ts',
  ]);
  const isPure = (from: string): boolean => PURE.has(from) || from.startsWith('src/slack/blocks/');

  it('needs nothing at run time but pure functions', () => {
    const needed = within('src/slack/blocks/').flatMap((file) =>
      importsOf(file)
        .filter(({ from, typesOnly }) => !typesOnly && !isPure(from))
        .map(({ from }) => `${file.path} → ${from}`),
    );
    expect(needed).toEqual([]);
  });

  it.each([...PURE])('may use %s, which needs nothing but pure functions itself', (path) => {
    const imports = SRC.filter((file) => file.path === path).flatMap(importsOf);
    expect(imports.filter(({ from, typesOnly }) => !typesOnly && !isPure(from))).toEqual([]);
  });

  it('takes the time and chance from nowhere', () => {
    const impure = /\bnew Date\(\s*\)|\b(?:Date\.now|Math\.random|performance|setTimeout|setInterval|fetch|console)\b/;
    expect(within('src/slack/blocks/').filter(({ text }) => impure.test(withoutComments(text)))).toEqual([]);
  });
});

describe('the listeners', () => {
  it('leave Redis to the draw', () => {
    expect(within('src/slack/listeners/').length).toBeGreaterThan(10);
    expect(forbidden(within('src/slack/listeners/'), (from) => from === 'ioredis')).toEqual([]);
  });
});

/** What is started by hand: what builds the bot, the bot, and what checks a pick without it. */
const PROGRAMS = ['build', 'export-proof', 'program', 'use-settings', 'verify']
  .map((name) => `src/cli/${name}.ts`)
  .concat('src/main.ts');

describe('the environment', () => {
  it('is read by the programs alone', () => {
    const users = SRC.filter(({ text }) => /\bprocess\b/.test(withoutComments(text).replace(/'[^'\n]*'|`[^`]*`/g, '')));
    expect(users.map(({ path }) => path)).toEqual(PROGRAMS);
    expect(forbidden(SRC, (from) => /^(?:node:)?process$/.test(from))).toEqual([]);
  });
});

describe('the metrics', () => {
  it('are kept by two files; every other part only tells what happens', () => {
    const users = SRC.filter((file) => importsOf(file).some(({ from }) => from === 'prom-client'));
    expect(users.map(({ path }) => path)).toEqual(['src/metric-labels.ts', 'src/metrics.ts']);
    const makers = SRC.filter((file) =>
      importsOf(file).some(({ from, typesOnly }) => from === 'src/metrics.ts' && !typesOnly),
    );
    expect(makers.map(({ path }) => path)).toEqual(['src/compose.ts', 'src/metrics-page.ts']);
  });
});

describe('an import', () => {
  it('never goes round in a circle', () => {
    const needs = new Map(
      SRC.map((file) => [
        file.path,
        importsOf(file)
          .filter(({ typesOnly }) => !typesOnly)
          .map(({ from }) => from),
      ]),
    );
    const reachable = (path: string, seen = new Set<string>()): Set<string> => {
      for (const next of needs.get(path) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        reachable(next, seen);
      }
      return seen;
    };
    expect([...needs.keys()].filter((path) => reachable(path).has(path))).toEqual([]);
  });

  it('is of a file that is there, of Node.js, or of a package', () => {
    const files = new Set([...SRC, ...sources('test', '.ts')].map(({ path }) => path));
    const lost = forbidden(
      [...SRC, ...sources('test', '.ts')],
      (from) => /^(?:src|test)\//.test(from) && !files.has(from),
    );
    expect(lost).toEqual([]);
    expect(forbidden(SRC, (from) => packageOf(from) === from && /^(?:fs|path|http|crypto|url)$/.test(from))).toEqual(
      [],
    );
  });
});

describe('announcements', () => {
  it('are posted by the messenger alone, and direct messages in one place: everything else only changes the draw', () => {
    const posting = SRC.filter(({ text }) => /\bchat\.(?:postMessage|update|delete)\b/.test(withoutComments(text)));
    expect(posting.map(({ path }) => path)).toEqual(['src/slack/channel.ts', 'src/slack/direct-messages.ts']);
  });

  it('are nothing that listeners make', () => {
    const made = within('src/slack/listeners/').flatMap((file) =>
      importsOf(file)
        .filter(({ from, typesOnly }) => from.startsWith('src/announcements/') && !typesOnly)
        .map(({ from }) => `${file.path} → ${from}`),
    );
    expect(made).toEqual([]);
    expect(forbidden(within('src/slack/listeners/'), (from) => from === 'src/slack/channel.ts')).toEqual([]);
  });
});
