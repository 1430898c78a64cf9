import type { GivenPrize } from '../draw/prizes.ts';

/** Prizes in quotes, and what stands outside of them. */
export type QuotedPrizes =
  | {
      readonly kind: 'ok';
      /** Their names as Slack sent them. */
      readonly prizes: readonly GivenPrize[];
      /** What stands before, between and after them and is no quantity, in its order; never blank. */
      readonly others: readonly string[];
    }
  /** A prize has a quantity before it and another one behind. */
  | { readonly kind: 'two_quantities'; readonly text: string };

/** Straight, curly, low and angle quotes: what keyboards and Slack make of a quotation mark. */
const QUOTED = /["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]/g;

/** A quantity behind a prize, `x3` or `x 3`, and one before the next, `3x` or `3 x`; also as the bot shows it, `3 ×`. */
const BEHIND = /^[x×]\s*(\d+)(?!\S)/i;
const BEFORE = /(?<!\S)(\d+)\s*[x×]$/i;

/**
 * Reads prizes as they are typed: `"A book" 3x "Sticker" "Mug" x2`.
 * @param text as Slack sent it
 */
export function parseQuotedPrizes(text: string): QuotedPrizes {
  // With a group in the expression, the names come between what stands around them.
  const pieces = text.split(QUOTED);
  const names = pieces.filter((_, index) => index % 2 === 1);
  const gaps = pieces
    .filter((_, index) => index % 2 === 0)
    .map((gap, index) => readGap(gap.trim(), { isAfter: index > 0, isBefore: index < names.length }));
  const prizes = names.map((name, index) => ({ name, before: gaps[index]?.before, behind: gaps[index + 1]?.behind }));
  const unclear = prizes.find(({ before, behind }) => before !== undefined && behind !== undefined);
  if (unclear) return { kind: 'two_quantities', text: unclear.name };
  return {
    kind: 'ok',
    prizes: prizes.map(({ name, before, behind }) => ({ name, quantity: Number(before ?? behind ?? 1) })),
    others: gaps.map(({ other }) => other).filter((other) => other !== ''),
  };
}

interface Gap {
  /** The quantity of the prize that ends where the gap begins, in digits. */
  readonly behind: string | undefined;
  /** The quantity of the prize that begins where the gap ends, in digits. */
  readonly before: string | undefined;
  readonly other: string;
}

function readGap(text: string, { isAfter, isBefore }: { readonly isAfter: boolean; readonly isBefore: boolean }): Gap {
  const [behind = '', behindCount] = (isAfter && BEHIND.exec(text)) || [];
  const rest = text.slice(behind.length);
  const [before = '', beforeCount] = (isBefore && BEFORE.exec(rest)) || [];
  return { behind: behindCount, before: beforeCount, other: rest.slice(0, rest.length - before.length).trim() };
}

/**
 * Reads prizes as they stand in the dialog, one a line. A quantity is digits, `x` and a space: `3x Sticker`; `2x4 plank` is a
 * prize.
 */
export function parsePrizeLines(text: string): readonly GivenPrize[] {
  return text.split('\n').map((line) => {
    const [, digits, name] = /^(\d+)x (.*)$/s.exec(line.trim()) ?? [];
    return digits === undefined || name === undefined
      ? { name: line, quantity: 1 }
      : { name, quantity: Number(digits) };
  });
}
