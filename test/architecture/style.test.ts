import { describe, expect, it } from 'vitest';
import { read, type Source, sources, withoutComments } from '../support/project/sources.ts';

const SRC = sources('src', '.ts');
const TESTS = sources('test', '.ts');
const LUA = sources('src', '.lua');

/** `file:line text` for each line of code that has what it should not have. */
function lines(files: readonly Source[], what: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    withoutComments(text)
      .split('\n')
      .flatMap((line, index) => (what.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}

/** Code alone: what stands in quotes is words. */
const unquoted = (files: readonly Source[]): Source[] =>
  files.map(({ path, text }) => ({
    path,
    text: withoutComments(text).replace(
      /'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*/g,
      "''",
    ),
  }));

describe('a file', () => {
  it.each([...SRC, ...TESTS, ...LUA].map(({ path, text }) => [path, text.trimEnd().split('\n').length] as const))(
    '%s has at most 250 lines (%i)',
    (_, count) => {
      expect(count).toBeLessThanOrEqual(250);
    },
  );
});

describe('types', () => {
  it('are never given up', () => {
    expect(lines(unquoted(SRC), /(?<!\.)\bany\b/)).toEqual([]);
    expect(lines(unquoted(SRC), /\bas unknown\b|\bas never\b/)).toEqual([]);
    expect(lines(unquoted(SRC), /[\w)\]]!(?=[.,;)\]\s[(]|$)(?!=)/)).toEqual([]);
    for (const { path, text } of SRC)
      expect(text, path).not.toMatch(/@ts-(?:ignore|expect-error|nocheck)|biome-ignore/);
  });

  it('are claimed nowhere: what comes from outside is parsed', () => {
    const claims = lines(unquoted(SRC), /\bas (?!const\b)\w/).filter(
      (line) => !/ import |^\S+ import |\* as /.test(line),
    );
    expect(claims).toEqual([]);
  });
});

describe('what a file exports', () => {
  const exported = SRC.flatMap(({ path, text }) =>
    [...text.matchAll(/^(?<before>.*)\n(?<what>export (?:async )?(?:function|class|const) (?<name>\w+).*)$/gm)].map(
      ({ groups = {} }) => ({
        at: `${path} ${groups['name']}`,
        before: groups['before'] ?? '',
        what: groups['what'] ?? '',
      }),
    ),
  );

  it('is found', () => {
    expect(exported.length).toBeGreaterThan(100);
  });

  it('says what it does, if it is a function or a class', () => {
    const silent = exported
      .filter(({ what }) => /^export (?:async )?function|^export class|=> |= async \(|: \w*Handler = /.test(what))
      .filter(({ before }) => !before.trimEnd().endsWith('*/'));
    expect(silent.map(({ at }) => at)).toEqual([]);
  });
});

describe('the Lua scripts', () => {
  it.each(LUA.map(({ path }) => [path]))('%s is used', (path) => {
    const name = path.replace(/^.*\/|\.lua$/g, '');
    const folder = path.replace(/[^/]*$/, '');
    const users = SRC.filter((file) => file.path.startsWith(folder) && new RegExp(`'${name}'`).test(file.text));
    expect(users.map((file) => file.path)).not.toEqual([]);
  });

  it.each(LUA.map(({ path, text }) => [path, text] as const))('%s uses only what every Redis has', (_, text) => {
    // The embedded Redis of the demo has none of these.
    expect(text).not.toMatch(
      /\b(?:cjson|cmsgpack|bit|struct)\.|redis\.(?:sha1hex|error_reply|status_reply|log|setresp)/,
    );
  });

  // What is put in front of the others has no keys, values and replies of its own.
  const own = LUA.filter(({ text }) => !text.startsWith('-- Put in front of '));

  it.each(own.map(({ path, text }) => [path, text] as const))(
    '%s says what it does, its keys, its values and its replies',
    (_, text) => {
      const head = /^(?:--.*\n)+/.exec(text)?.[0] ?? '';
      expect(head).toMatch(/^-- [A-Z][\s\S]*\n-- K: [\s\S]*\n-- A: [\s\S]*\n-- Replies: /);
    },
  );

  it.each(own.map(({ path, text }) => [path, text] as const))(
    '%s has every key and value that it uses in its head',
    (path, text) => {
      const head = (/^(?:--.*\n)+/.exec(text)?.[0] ?? '').replace(/\n--\s*/g, ' ');
      const [, keys = '', values = ''] = / K: (.*) A: (.*) Replies: /.exec(head) ?? [];
      const used = (table: string) =>
        [...text.replace(/--.*$/gm, '').matchAll(new RegExp(`\\b${table}\\.(\\w+)`, 'g'))].map(
          ([, name]) => name ?? '',
        );
      const isSaid = (list: string) => (name: string) => !new RegExp(`\\b${name}\\b`).test(list);
      expect(used('K').filter(isSaid(keys)), path).toEqual([]);
      expect(used('A').filter(isSaid(values)), path).toEqual([]);
    },
  );

  it.each(LUA.map(({ path, text }) => [path, text] as const))('%s names no key by itself', (_, text) => {
    expect(text.replace(/--.*$/gm, '')).not.toMatch(/prizedraw|redis\.call\('\w+', '/);
  });
});

describe('the keys', () => {
  /** Where keys are named: those of this release, and those that it takes over and removes. */
  const NAMES = ['src/draw/keys.ts', 'src/release-1/legacy.ts'];

  it('all begin with the prefix', () => {
    const text = read('src/draw/keys.ts');
    const names = [...text.matchAll(/`([^`]*)`/g)].map(([, name]) => name ?? '');
    // What begins with the name of another part: `start` and `record` begin with the prefix themselves.
    const starts = new Set([
      'prefix',
      ...[...text.matchAll(/const (\w+) = .*`\$\{prefix\}:/g)].map(([, name]) => name),
    ]);
    const keys = names.filter((name) => name.includes('${'));
    expect([...starts]).toEqual(['prefix', 'start', 'record']);
    expect(keys.length).toBeGreaterThanOrEqual(20);
    for (const key of keys) expect(starts).toContain(/^\$\{(\w+)\}:/.exec(key)?.[1]);
  });

  it('are named in one place', () => {
    const elsewhere = SRC.filter(({ path }) => !NAMES.includes(path)).filter(({ text }) =>
      /:(?:is_open|prizes|entrants|winners|winners_json|profiles|slack):?/.test(withoutComments(text)),
    );
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });
});
