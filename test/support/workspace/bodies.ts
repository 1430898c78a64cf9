import { type Fields, isFields, parseJson } from './json.ts';

/** The form fields in which Slack's clients send JSON. */
const NESTED = new Set(['blocks', 'attachments', 'metadata', 'view', 'payload']);

const SECRET = /^(?:token|client_secret|refresh_token)$/;

/**
 * Reads a call's body as people look at it: a form or a JSON object, its nested JSON parsed, and no token in it.
 * @returns the fields; none where the body is neither
 */
export function readFields(raw: string, contentType = ''): Fields {
  const given = contentType.includes('json') ? parseJson(raw) : Object.fromEntries(new URLSearchParams(raw));
  const entries = isFields(given) ? Object.entries(given) : [];
  return Object.fromEntries(
    entries
      .filter(([name]) => !SECRET.test(name))
      .map(([name, value]) => [
        name,
        NESTED.has(name) && typeof value === 'string' ? (parseJson(value) ?? value) : value,
      ]),
  );
}
