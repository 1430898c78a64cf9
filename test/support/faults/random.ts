/** Random numbers that a seed determines, so that a run can be done again. Nothing else may use them. */
export interface Random {
  /** From 0 up to, and not including, `below`. */
  number(below: number): number;
  /** A whole number, both ends included. */
  from(least: number, most: number): number;
  one<T>(of: readonly [T, ...T[]]): T;
  /** True so often out of 100 times. */
  percent(chance: number): boolean;
}

/** The generator of L'Ecuyer's table for 32 bits, as xorshift. Source: Marsaglia, "Xorshift RNGs", 2003. */
export function randomOf(seed: number): Random {
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e37_79b9) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  for (let warm = 0; warm < 10; warm++) next();
  const number = (below: number): number => next() * below;
  return {
    number,
    from: (least, most) => least + Math.floor(number(most - least + 1)),
    one: (of) => of[Math.floor(number(of.length))] ?? of[0],
    percent: (chance) => number(100) < chance,
  };
}
