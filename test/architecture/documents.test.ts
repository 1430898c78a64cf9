import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND } from '../../src/slack/ids.ts';
import { SUBCOMMANDS } from '../../src/slack/listeners/commands/table.ts';
import { brokenLinks, type Document, documents } from '../support/project/documents.ts';
import { listOfKeys } from '../support/project/every-key.ts';
import { exampleInFull, settingsRead } from '../support/project/settings.ts';
import { ROOT, read, sources } from '../support/project/sources.ts';

const ALL = documents();
const each = ALL.map((document) => [document.path, document] as const);
const PACKAGE = JSON.parse(read('package.json'));

function documentAt(path: string): Document {
  const found = ALL.find((document) => document.path === path);
  if (found === undefined) throw new Error(`There is no ${path}.`);
  return found;
}

const README = documentAt('README.md');
const OPERATING = documentAt('docs/operating.md');

/** The row of a table that begins with this code. */
const row = ({ tables }: Document, first: string): readonly string[] | undefined =>
  tables.flat().find(([cell = '']) => cell.startsWith(`\`${first}\``));

/** What stands as code in the first cells of rows. */
const firstCells = ({ tables }: Document, what: RegExp): string[] =>
  tables
    .flat()
    .map(([cell = '']) => what.exec(cell)?.[1])
    .filter((name) => name !== undefined);

describe('the documents', () => {
  it('are these', () => {
    expect(ALL.map(({ path }) => path).toSorted()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'README.md',
      'docs/architecture.md',
      'docs/commands.md',
      'docs/fairness.md',
      'docs/operating.md',
      'docs/performance.md',
      'docs/troubleshooting.md',
    ]);
  });

  it('are all found from the README', () => {
    const linked = new Set(README.links.map((target) => target.replace(/#.*/, '')));
    expect(ALL.map(({ path }) => path).filter((path) => path !== 'README.md' && !linked.has(path))).toEqual([]);
  });

  it.each(each)('%s has no gap that was to be filled', (_, { text }) => {
    expect(text.match(/%[A-Z]+%|@[A-Z]+@|TODO|FIXME/g)).toBeNull();
  });

  it.each(each)('%s links to files and headings that are there', (_, document) => {
    expect(document.links.length).toBeGreaterThan(0);
    expect(brokenLinks(document, ALL)).toEqual([]);
  });

  it('name files and folders that are there', () => {
    const files = /`((?:src|test|docs|\.ci)\/[\w./-]*|[\w.-]+\.(?:yml|json|md)|\.env\.example)`/g;
    const named = ALL.flatMap(({ path, prose }) => [...prose.matchAll(files)].map(([, file = '']) => ({ path, file })));
    // The example in CONTRIBUTING.md.
    const example = new Set(['src/draw/reopen.ts', 'src/draw/scripts/reopen.lua']);
    const missing = named.filter(({ file }) => !example.has(file) && !existsSync(`${ROOT}${file}`));
    expect(named.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  it('name npm commands that are there', () => {
    const named = ALL.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in PACKAGE.scripts))).toEqual([]);
  });

  it('ask for the Node.js that package.json asks for', () => {
    const wanted = String(PACKAGE.engines.node).replace('>=', '');
    expect(README.text).toContain(`${wanted} or later`);
    const others = ALL.flatMap(({ text }) => [...text.matchAll(/(\S+) or later/g)].map(([, version]) => version));
    expect(others.filter((version) => version !== wanted)).toEqual([]);
  });

  it('speak of no setting that the bot does not read', () => {
    const known = new Set([...settingsRead(), 'PRIZEDRAW_MAX_ENTRANTS']); // The example in CONTRIBUTING.md.
    const spoken = ALL.flatMap(({ text }) => text.match(/\b(?:PRIZEDRAW|SLACK|GITHUB)_[A-Z_]+\b/g) ?? []);
    expect(spoken.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('README.md', () => {
  it('is read on about two screens, but for its tables', () => {
    const lines = README.text.trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('|')).length).toBeLessThanOrEqual(85);
  });

  it.each(['npm ci && npm run demo', 'npm ci && npm test'])('has a line to copy: %s', (command) => {
    expect(README.text).toContain(`\`\`\`sh\n${command}\n\`\`\`\n`);
  });

  it.each(settingsRead())('has a row for the setting %s, with its default', (name) => {
    const [, , shown = 'none'] = row(README, name) ?? [];
    const value = exampleInFull()[name] ?? '';
    const byDefault = value === '' || /^x...-$/.test(value) ? '' : `\`${value}\``;
    expect(shown).toBe(byDefault);
  });

  it('has a row for no setting that the bot does not read', () => {
    expect(firstCells(README, /^`([A-Z][A-Z_]+)`$/).toSorted()).toEqual(settingsRead().toSorted());
  });

  it.each(SUBCOMMANDS.map(({ usage, help, who }) => [usage, help, who] as const))(
    'has a row for %s',
    (usage, help, who) => {
      const [, whom, does] = row(README, `${COMMAND} ${usage}`) ?? [];
      expect(does).toBe(help);
      expect(whom).toBe(who === 'anyone' ? 'anyone' : 'admin channel');
    },
  );

  it('says that Slack takes no commands in threads', () => {
    expect(README.prose).toMatch(/no commands in threads/);
  });

  it('says plainly that no proxy is used, as long as none is', () => {
    const uses = sources('src', '.ts').filter(({ text }) => /https?_proxy|proxy-?agent/i.test(text));
    expect(uses.map(({ path }) => path)).toEqual([]);
    expect(README.prose.replace(/\s+/g, ' ')).toMatch(/uses no proxy, and does not read `HTTPS_PROXY` or `NO_PROXY`/);
  });

  it('has a row for no command that is not there', () => {
    const usages = SUBCOMMANDS.map(({ usage }) => usage);
    expect(firstCells(README, /^`\/prizedraw (.+?)`/)).toEqual(usages);
  });
});

describe('docs/operating.md', () => {
  /** The keys in its tables: of the home channel's draw, and beside them of another channel's. */
  const shown = OPERATING.tables
    .flat()
    .flatMap(([first = '', second = '']) => [first, second])
    .map((cell) => /^`(prizedraw:[^`]+)`$/.exec(cell)?.[1])
    .filter((key) => key !== undefined);

  it.each(listOfKeys('prizedraw'))('has the key %s in its tables, once', (key) => {
    expect(shown.filter((each) => each === key)).toEqual([key]);
  });

  it('has no key in its tables that is not there', () => {
    expect(shown.filter((key) => !listOfKeys('prizedraw').includes(key))).toEqual([]);
  });

  it('has a reason for each scope of the manifest, and for no other', () => {
    const scopes = [...read('manifest.yml').matchAll(/^ {6}- (\S+)$/gm)].map(([, scope]) => scope);
    const reasons = OPERATING.tables.find(([head]) => head?.[0] === 'scope')?.slice(2) ?? [];
    expect(scopes).toHaveLength(6);
    expect(reasons.flatMap(([cell = '']) => cell.match(/(?<=`)[^`, ]+(?=`)/g) ?? []).toSorted()).toEqual(
      scopes.toSorted(),
    );
    for (const [, why = ''] of reasons) expect(why).not.toBe('');
  });
});

describe('docs/architecture.md', () => {
  it('shows only files and folders that are there in its tree of the sources', () => {
    const tree = /^```\n(src\/[\s\S]*?)^```$/m.exec(documentAt('docs/architecture.md').text)?.[1] ?? '';
    const folders: string[] = [];
    const missing: string[] = [];
    for (const line of tree.trimEnd().split('\n')) {
      const depth = (/^ */.exec(line)?.[0].length ?? 0) / 2;
      // Names stand before two blanks, and others of the same folder beside them.
      const names =
        line
          .trim()
          .split(/\s{2,}/)[0]
          ?.split(' ')
          .filter((name) => /^[\w.-]+\/?$/.test(name)) ?? [];
      folders.length = depth;
      for (const name of names) {
        if (!existsSync(`${ROOT}${folders.join('')}${name}`)) missing.push(`${folders.join('')}${name}`);
      }
      const [first = ''] = names;
      if (first.endsWith('/')) folders.push(first);
    }
    expect(tree).not.toBe('');
    expect(missing).toEqual([]);
  });

  it('shows every folder of the sources, but for those that only their folder speaks of', () => {
    const tree = /^```\n(src\/[\s\S]*?)^```$/m.exec(documentAt('docs/architecture.md').text)?.[1] ?? '';
    const folders = ['src', 'src/slack'].flatMap((folder) =>
      readdirSync(`${ROOT}${folder}`, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${name}/`),
    );
    expect(folders.filter((name) => !new RegExp(`^ +${name} `, 'm').test(tree))).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  const versions = [...documentAt('CHANGELOG.md').prose.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);

  it('has the version of package.json, each version with its day, and first what is not released yet', () => {
    expect(versions[0]).toBe('[Unreleased]');
    for (const title of versions.slice(1)) expect(title).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
    expect(versions.map((title) => /^\[(.+?)\]/.exec(title)?.[1])).toContain(PACKAGE.version);
  });
});
