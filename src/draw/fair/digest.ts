import { createHash } from 'node:crypto';
import type { Version } from './proof.ts';

/** What a list comes to. */
export interface Digested {
  readonly count: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
  /** Whether each came after the one before, byte by byte: then none is there twice. */
  readonly inOrder: boolean;
}

/** So many characters are hashed at a time: a call for each name would take three times as long. */
const AT_A_TIME = 65_536;

/**
 * The digest of a list that is sorted by its bytes: of each name, how many bytes it has and a colon (not in version 1), then
 * the name and a newline. Two lists have the same digest only where they are the same, whatever their names are.
 */
export function digestOf(sorted: readonly string[], version: Version): Digested {
  const hash = createHash('sha256');
  let lines = '';
  let last: string | undefined;
  let inOrder = true;
  for (const name of sorted) {
    inOrder &&= last === undefined || compareBytes(last, name) < 0;
    last = name;
    lines += version > 1 ? `${Buffer.byteLength(name)}:${name}\n` : `${name}\n`;
    if (lines.length < AT_A_TIME) continue;
    hash.update(lines);
    lines = '';
  }
  return { count: sorted.length, digest: hash.update(lines).digest('hex'), inOrder };
}

/** Half of a character that takes two units in a string: only these sort otherwise than the bytes of UTF-8. */
const SURROGATE = /[\ud800-\udfff]/;

/** Sorts a list by its bytes, as Redis sorts. */
export function byBytes(names: Iterable<string>): string[] {
  const plain: string[] = [];
  const others: string[] = [];
  for (const name of names) (SURROGATE.test(name) ? others : plain).push(name);
  plain.sort();
  // Two sorted runs are merged with about one comparison a name.
  return others.length === 0 ? plain : plain.concat(others.sort(compareBytes)).sort(compareBytes);
}

function compareBytes(a: string, b: string): number {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : Number(a > b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
