import { describe, expect, it } from 'vitest';
import { hostileTexts, type Recipe } from '../support/project/hostile-texts.ts';
import { type Found, findExpressions } from '../support/project/regular-expressions.ts';

const { literals, built } = findExpressions();

/**
 * Lengths, each with the most milliseconds that it may take. What is linear takes a hundredth of that; what is quadratic
 * takes several times as long from the fifth one on, and what is worse is noticed before it never ends.
 */
const STEPS = [
  [24, 100],
  [27, 100],
  [300, 100],
  [3_000, 200],
  [25_000, 100],
  [100_000, 1_000],
] as const;

/** Below this, in milliseconds, longer texts need not be tried: what is quadratic takes ten times as long. */
const CERTAINLY_LINEAR = 15;

/** How long the expression takes for a text, in milliseconds of the processor: others use the machine, too. */
function measure({ source, flags }: Found, text: string, enough: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < 2 && best > enough; count += 1) {
    const expression = new RegExp(source, flags);
    const start = process.cpuUsage();
    if (expression.global) text.replace(expression, '');
    else expression.exec(text);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** What is too slow: the beginning of the text and how long it took; undefined where nothing is. */
function slowness(found: Found, recipe: Recipe): string | undefined {
  for (const [length, most] of STEPS) {
    const text = recipe(length);
    const enough = length < 25_000 ? most : CERTAINLY_LINEAR;
    const took = measure(found, text, enough);
    if (took > most) return `${JSON.stringify(text.slice(0, 20))}…, ${length} characters: ${Math.round(took)} ms`;
    if (length >= 25_000 && took <= enough) return undefined;
  }
  return undefined;
}

describe('the regular expressions in src', () => {
  it('are found', () => {
    expect(literals.length).toBeGreaterThan(50);
    expect(literals.some(({ at }) => at.startsWith('src/slack/listeners/text.ts: /<'))).toBe(true);
  });

  it('are all written out: none is put together from parts', () => {
    expect(built).toEqual([]);
  });

  it.each(literals.map((found) => [found.at, found] as const))(
    '%s takes no more than linear time',
    (_, found) => {
      const recipes = hostileTexts(found.source, found.flags);
      for (const recipe of recipes) expect(slowness(found, recipe)).toBeUndefined();
    },
    60_000,
  );
});

describe('the trial itself', () => {
  it.each([
    ['a blank end', String.raw`\s+$`, ''],
    ['everything up to a blank end', String.raw`^(.*?)\s*$`, 's'],
    ['the same behind two words', String.raw`^\s*(\S*)\s*(.*?)\s*$`, 's'],
    ['a brace that may be missing', '<([^>|]*)>', 'g'],
    ['nested repetition', '^(a+)+$', ''],
    ['two repetitions side by side', String.raw`^\w*\d*x?\w*$`, ''],
  ])(
    'finds %s',
    (_what, source, flags) => {
      const found = { at: source, source, flags };
      expect(hostileTexts(source, flags).some((recipe) => slowness(found, recipe) !== undefined)).toBe(true);
    },
    60_000,
  );
});
