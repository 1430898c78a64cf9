import { createHash } from 'node:crypto';
import { type Batches, eachName } from './allot.ts';

/** What a list comes to. */
export interface Digested {
  readonly count: number;
  /** SHA-256 of the names in order, a newline after each, in hexadecimal. */
  readonly digest: string;
  /** Whether each came after the one before, byte by byte: then none is there twice. */
  readonly inOrder: boolean;
}

/** The digest of a list that is sorted by its bytes. */
export async function digestOf(sorted: Batches): Promise<Digested> {
  const hash = createHash('sha256');
  let count = 0;
  let last: Buffer | undefined;
  let inOrder = true;
  await eachName(sorted, (name) => {
    const bytes = Buffer.from(name);
    inOrder &&= last === undefined || Buffer.compare(last, bytes) < 0;
    last = bytes;
    count++;
    hash.update(bytes).update('\n');
  });
  return { count, digest: hash.digest('hex'), inOrder };
}

/** Sorts a list by its bytes, as Redis sorts. */
export function byBytes(names: Iterable<string>): string[] {
  return [...names].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
