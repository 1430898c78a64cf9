/** An object that Slack has sent, of which nothing else is known yet. */
export type Fields = Record<string, unknown>;

/** Reads JSON; undefined where it is none, or no object: every request of Slack's is one, and Bolt takes that for granted. */
export function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it is an object, and no list. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
