import { createHash } from 'node:crypto';
import { type Batches, eachName } from './allot.ts';
import type { Version } from './proof.ts';

/** What a list comes to. */
export interface Digested {
  readonly count: number;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
  /** Whether each came after the one before, byte by byte: then none is there twice. */
  readonly inOrder: boolean;
}

/**
 * The digest of a list that is sorted by its bytes: of each name, how many bytes it has and a colon (not in version 1), then
 * the name and a newline. Two lists have the same digest only where they are the same, whatever their names are.
 */
export async function digestOf(sorted: Batches, version: Version): Promise<Digested> {
  const hash = createHash('sha256');
  let count = 0;
  let last: Buffer | undefined;
  let inOrder = true;
  await eachName(sorted, (name) => {
    const bytes = Buffer.from(name);
    inOrder &&= last === undefined || Buffer.compare(last, bytes) < 0;
    last = bytes;
    count++;
    if (version > 1) hash.update(`${bytes.length}:`);
    hash.update(bytes).update('\n');
  });
  return { count, digest: hash.digest('hex'), inOrder };
}

/** Sorts a list by its bytes, as Redis sorts. */
export function byBytes(names: Iterable<string>): string[] {
  return [...names].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
