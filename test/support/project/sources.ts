import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A file of the project; its path begins at the project's folder. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What a file imports. */
export interface Import {
  /** As written, or the path within the project where it is one of the project's files. */
  readonly from: string;
  /** Whether only types are imported, of which nothing is left at run time. */
  readonly typesOnly: boolean;
}

/** Reads a file of the project. */
export function read(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** The files under a folder, in order. */
export function sources(folder: string, ...endings: readonly string[]): Source[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(ROOT, `${entry.parentPath}/${entry.name}`))
    .toSorted()
    .map((path) => ({ path, text: read(path) }));
}

const STATEMENT =
  /^(?:import|export)\s+(?<types>type\s+)?(?<names>[\w*{][^;'"]*?)from\s+'(?<from>[^']+)'|^import\s+'(?<bare>[^']+)'|\bimport\('(?<dynamic>[^']+)'\)(?<member>\.(?!then\b|catch\b))?/gm;

/** What a file imports, type by type: `import type`, and `import { type A }` with nothing but types. */
export function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(STATEMENT)].map(({ groups = {} }) => {
    const { types, names = '', from = groups['bare'] ?? groups['dynamic'] ?? '', member } = groups;
    const listed = /^\{([^}]*)\}\s*$/
      .exec(names)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    const allTypes = listed !== undefined && listed.length > 0 && listed.every((name) => name.startsWith('type '));
    return {
      from: from.startsWith('.') ? posix.join(dirname(path), from) : from,
      typesOnly: types !== undefined || allTypes || member !== undefined,
    };
  });
}

/** The package of an import: `@slack/bolt` of `@slack/bolt/dist/x`. */
export function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The text without its comments; line numbers stay. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*$/gm, '$1');
}
