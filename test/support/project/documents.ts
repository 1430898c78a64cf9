import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { ROOT, read } from './sources.ts';

export type Table = readonly (readonly string[])[];

/** A document for people, in Markdown. */
export interface Document {
  /** Its path from the project's folder. */
  readonly path: string;
  readonly text: string;
  /** The text outside of blocks of code. */
  readonly prose: string;
  /** Its tables: rows of cells without their blanks, the first with the headings. */
  readonly tables: readonly Table[];
  /** The address within the page of each heading, as GitHub makes it: `#try-it`. */
  readonly anchors: readonly string[];
  /** The targets of its links and pictures, as written. */
  readonly links: readonly string[];
}

/** Every document of the project. */
export function documents(): Document[] {
  const inDocs = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith('.md'));
  const paths = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inDocs.map((name) => `docs/${name}`)];
  return paths.map((path) => parseDocument(path, read(path)));
}

/** Reads what tests want to know of a document. */
export function parseDocument(path: string, text: string): Document {
  const prose = text.replace(/^ *```[\s\S]*?^ *```$/gm, '');
  return {
    path,
    text,
    prose,
    tables: [...prose.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.trimEnd().split('\n').map(cellsOf)),
    anchors: anchorsOf(prose),
    links: [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target),
  };
}

/** The links within the project that lead nowhere: no such file, or no such heading in the document. */
export function brokenLinks({ path, anchors, links }: Document, all: readonly Document[]): string[] {
  return links
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? path : posix.join(posix.dirname(path), file);
      if (!existsSync(`${ROOT}${to}`)) return true;
      if (anchor === undefined) return false;
      const there = to === path ? anchors : all.find((document) => document.path === to)?.anchors;
      return !there?.includes(`#${anchor}`);
    });
}

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** A heading that is there twice has a number behind its second address. */
function anchorsOf(prose: string): string[] {
  const seen = new Map<string, number>();
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => {
    const anchor = `#${title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')}`;
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}
