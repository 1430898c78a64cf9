import type { z } from 'zod';
import { isFields } from '../workspace/json.ts';

/** What is wrong with a value by a schema, in words, each problem with its place. */
export function problemsOf(schema: z.ZodType, candidate: unknown): string[] {
  const result = schema.safeParse(candidate, { error: inWords });
  return result.success ? [] : result.error.issues.map((issue) => at(issue.path, issue.message));
}

function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') return `has unknown properties: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union' && issue['note'] === 'No matching discriminator') {
    const found = isFields(issue.input) && issue.discriminator ? issue.input[issue.discriminator] : undefined;
    return `${JSON.stringify(found)} is unknown or not allowed here`;
  }
  if (issue.code === 'too_big') return `is too long: more than ${issue.maximum}`;
  if (issue.code === 'too_small') return `is too short: less than ${issue.minimum}`;
  return undefined;
}

export function at(path: readonly PropertyKey[], problem: string): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${place.replace(/^\./, '') || 'it'}: ${problem}`;
}
