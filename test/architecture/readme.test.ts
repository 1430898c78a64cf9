import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND } from '../../src/slack/ids.ts';
import { SUBCOMMANDS } from '../../src/slack/listeners/commands/table.ts';
import { everyKey } from '../support/project/every-key.ts';
import { exampleInFull, settingsRead } from '../support/project/settings.ts';
import { ROOT, read } from '../support/project/sources.ts';

const README = existsSync(`${ROOT}README.md`) ? read('README.md') : '';
/** The rows of all tables, as cells without their blanks. */
const ROWS = README.split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
const row = (first: string): readonly string[] | undefined =>
  ROWS.find(([cell = '']) => cell.startsWith(`\`${first}\``));

/** Text outside of blocks of code. */
const PROSE = README.replace(/^```[\s\S]*?^```$/gm, '');

/** The address within a page of each heading, as GitHub makes it. */
const ANCHORS = [...PROSE.matchAll(/^#+ (.+)$/gm)].map(
  ([, title = '']) =>
    `#${title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')}`,
);

describe('README.md', () => {
  it('has no gap that was to be filled', () => {
    expect(README.match(/%[A-Z]+%|TODO|FIXME/g)).toBeNull();
  });

  it.each(settingsRead())('has a row for the setting %s, with its default', (name) => {
    const [, , shown = 'none'] = row(name) ?? [];
    const value = exampleInFull()[name] ?? '';
    const byDefault = value === '' || /^x...-$/.test(value) ? '' : `\`${value}\``;
    expect(shown).toBe(byDefault);
  });

  it('speaks of no setting that the bot does not read', () => {
    const table = ROWS.map(([cell = '']) => /^`([A-Z][A-Z_]+)`$/.exec(cell)?.[1]).filter((name) => name !== undefined);
    expect(table.toSorted()).toEqual(settingsRead().toSorted());
  });

  it.each(SUBCOMMANDS.map(({ usage, help, who }) => [usage, help, who] as const))(
    'has a row for %s',
    (usage, help, who) => {
      const [, whom, does] = row(`${COMMAND} ${usage}`) ?? [];
      expect(does).toBe(help);
      expect(whom).toBe(who === 'anyone' ? 'anyone' : 'admin channel');
    },
  );

  it.each(Object.values(everyKey('prizedraw')))('has a row for the key %s', (key) => {
    const copies = key.replace(/(?<=:<id>:).*/, '…');
    expect(row(key) ?? row(copies), key).toBeDefined();
  });

  it('links to files that are there', () => {
    const links = [...PROSE.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    const broken = links
      .filter((target) => !/^(?:https?|mailto):/.test(target))
      .filter((target) =>
        target.startsWith('#') ? !ANCHORS.includes(target) : !existsSync(`${ROOT}${target.replace(/#.*/, '')}`),
      );
    expect(links.length).toBeGreaterThan(0);
    expect(broken).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const named = [...PROSE.matchAll(/`((?:src|test|\.ci)\/[\w./-]*|[\w.-]+\.(?:yml|json|md)|\.env\.example)`/g)];
    const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(`${ROOT}${path}`));
    expect(named.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  it('shows only files and folders that are there in its tree of the sources', () => {
    const tree = /^```\n(src\/[\s\S]*?)^```$/m.exec(README)?.[1] ?? '';
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

  it('names npm commands that are there', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
    const named = [...README.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('asks for the Node.js that package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
    expect(README).toContain(`${String(engines.node).replace('>=', '')} or later`);
  });

  it('names the scopes of the manifest', () => {
    const scopes = [...read('manifest.yml').matchAll(/^ {6}- (\S+)$/gm)].map(([, scope]) => scope);
    expect(scopes).toHaveLength(6);
    for (const scope of scopes) expect(README).toContain(`\`${scope}\``);
  });
});
