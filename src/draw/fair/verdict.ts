/** What a check came to; `unproven`: nothing speaks against it, but nobody can check it. */
export type Verdict = 'right' | 'unproven' | 'wrong';

/** How a verdict is shown before what it is of. */
export const MARKS: Readonly<Record<Verdict, string>> = { right: '✅', unproven: '⚠️', wrong: '❌' };

/** The verdict on what must be so. */
export function rightIf(isSo: boolean): Verdict {
  return isSo ? 'right' : 'wrong';
}

/** The worst of some verdicts. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return (['wrong', 'unproven'] as const).find((worst) => verdicts.includes(worst)) ?? 'right';
}
