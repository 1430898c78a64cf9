/** Characters of every kind that an expression may ask for: letters first, as blanks match too much. */
const SAMPLES = [
  ...'aZ9x0_',
  ...' \n\t\u00a0',
  ...'-<>|&;:/.,"\'`#@!?$%^*()[]{}+=~\\',
  '\u0000',
  '“',
  '”',
  '‘',
  'é',
  '世',
  '\u2060',
];

/** A piece of an expression's source: an escape, a class, a run of plain letters, or a sign. */
const PIECE =
  /\\u\{[^}]*\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\p\{[^}]*\}|\\.|\[(?:[^\]\\]|\\.)*\]|[\w&;:/<>@#,"'` -]+|\./giu;

const isPlain = (piece: string): boolean => /^[\w&;:/<>@#,"'` -]+$/.test(piece);

/**
 * What an expression is made of, in its order: for each piece, texts that match it.
 * @param source as between the slashes
 */
export function piecesOf(source: string, flags: string): string[][] {
  const single = flags.replace(/[gy]/g, '');
  // The names of groups, and how often something is repeated, are no pieces.
  const plain = source
    .replace(/\(\?<\w+>/g, '(')
    .replace(/\(\?(?:[:=!]|<[=!])/g, '(')
    .replace(/\{\d+(?:,\d*)?\}/g, '');
  return [...plain.matchAll(PIECE)].flatMap(([piece]) => {
    if (isPlain(piece)) return [[piece]];
    if (/^\\[bB]$/.test(piece)) return [];
    const matching = SAMPLES.filter((sample) => new RegExp(`^(?:${piece})$`, single).test(sample));
    return matching.length === 0 ? [] : [[...new Set([...matching.slice(0, 2), ...matching.slice(-1)])]];
  });
}

/** A text of about `length` characters, by the recipe. */
export type Recipe = (length: number) => string;

/**
 * Recipes for texts that an expression may take long for: its pieces, and pairs of them, over and over, behind a text that
 * goes some way through the expression, and before an end that does not fit.
 */
export function hostileTexts(source: string, flags: string): Recipe[] {
  const pieces = piecesOf(source, flags);
  const singles = new Set(pieces.flat());
  // Long expressions have many; what they are made of repeats itself.
  const starts = new Set(
    pieces.map((_, index) =>
      pieces
        .slice(0, index)
        .map(([first = '']) => first)
        .join(''),
    ),
  );
  const recipes: Recipe[] = [];
  const add = (start: string, part: string): void => {
    for (const end of ['\u0001', '!\n']) {
      recipes.push((length) => start + part.repeat(Math.ceil(length / part.length)) + end);
    }
  };
  for (const part of singles) for (const start of new Set(['', ...singles, ...starts])) add(start, part);
  for (const one of singles) for (const other of singles) if (one !== other) add('', one + other);
  return recipes;
}
