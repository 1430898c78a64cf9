/** A JSON object. */
export type Fields = Record<string, unknown>;

/** Whether a value is a JSON object: not null, not an array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses JSON.
 * @returns the value, or undefined where the text is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a string out of something that may not be an object.
 * @returns the string, or undefined where there is none under that name
 */
export function textAt(value: unknown, name: string): string | undefined {
  const found = isFields(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}
