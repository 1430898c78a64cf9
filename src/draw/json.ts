import type { z } from 'zod';

/**
 * Reads a text that is to be JSON of a certain form.
 * @returns undefined where it is not
 */
export function parseJson<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
