import { parseDuration } from '../draw/duration.ts';

export type StartSyntax =
  | { readonly kind: 'ok'; readonly prizes: readonly string[]; readonly seconds: number | undefined }
  /** Something stands outside of the quotes. */
  | { readonly kind: 'stray'; readonly text: string }
  | { readonly kind: 'not_a_duration' | 'too_short' | 'too_long'; readonly text: string };

/** Straight, curly, low and angle quotes: what keyboards and Slack make of a quotation mark. */
const QUOTED = /["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]/g;

/**
 * Reads `"Prize A" "Prize B" for 1h30m`.
 * @param text with Slack's entities decoded
 */
export function parseStart(text: string): StartSyntax {
  const prizes = [...text.matchAll(QUOTED)].map((match) => match[1] ?? '');
  // Whatever is left without the quoted prizes must be the duration.
  const left = text.replace(QUOTED, ' \n ').trim();
  const outside = left.slice(left.lastIndexOf('\n') + 1).trim();
  const stray = left
    .slice(0, left.lastIndexOf('\n') + 1)
    .replace(/\s+/g, ' ')
    .trim();
  if (stray !== '') return { kind: 'stray', text: stray };
  if (outside === '') return { kind: 'ok', prizes, seconds: undefined };

  const duration = /^for(?:\s+(.*))?$/is.exec(outside);
  if (duration === null) return { kind: 'stray', text: outside };
  const asked = duration[1] ?? '';
  const parsed = parseDuration(asked);
  return parsed.kind === 'ok' ? { kind: 'ok', prizes, seconds: parsed.seconds } : { kind: parsed.kind, text: asked };
}
