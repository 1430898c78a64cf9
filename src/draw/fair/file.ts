import { type Proof, proof } from './proof.ts';

/** A record and its entrants, as a text to save: the record as one line of JSON, then a line for each entrant. */
export interface ProofFile {
  readonly proof: Proof;
  readonly entrants: readonly string[];
}

/** The first line of the text. */
export function headOfFile(record: Proof): string {
  return JSON.stringify(record);
}

/**
 * Reads such a text. It may have been put together from several messages: blank lines do not count.
 * @returns what it holds, or why it is none
 */
export function parseFile(text: string): ProofFile | { readonly problem: string } {
  const [head = '', ...entrants] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  let json: unknown;
  try {
    json = JSON.parse(head);
  } catch {
    return { problem: 'Its first line is not the record, in JSON.' };
  }
  const parsed = proof.safeParse(json);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the record').join(', ');
    return { problem: `The record in its first line is not as it should be: ${where}.` };
  }
  return { proof: parsed.data, entrants };
}
