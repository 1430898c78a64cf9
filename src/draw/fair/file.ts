import { z } from 'zod';
import { type Proof, proof } from './proof.ts';

/**
 * A record and its entrants, as a text to save: the record as one line of JSON, then a line for each entrant. Another
 * program may have let anything in: what is no plain line is a string in JSON, so a line that begins with a quote is one.
 */
export interface ProofFile {
  readonly proof: Proof;
  readonly entrants: readonly string[];
}

/** The first line of the text. */
export function headOfFile(record: Proof): string {
  return JSON.stringify(record);
}

/** What is a line as it is: no control characters, no quote to begin with, no spaces at either end. */
const PLAIN = /^(?!["\s])[^\p{Cc}\u2028\u2029]+(?<!\s)$/u;

/** The line of an entrant. */
export function lineOfFile(entrant: string): string {
  return PLAIN.test(entrant) ? entrant : JSON.stringify(entrant);
}

/** @throws where a line begins with a quote and is no string in JSON */
function entrantOf(line: string): string {
  return line.startsWith('"') ? z.string().parse(JSON.parse(line)) : line;
}

/**
 * Reads such a text. It may have been put together from several messages: blank lines do not count.
 * @returns what it holds, or why it is none
 */
export function parseFile(text: string): ProofFile | { readonly problem: string } {
  const [head = '', ...lines] = text
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
  try {
    return { proof: parsed.data, entrants: lines.map(entrantOf) };
  } catch {
    return { problem: 'A line that begins with a quote is no text in JSON.' };
  }
}
