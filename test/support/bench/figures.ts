import type { Loaded } from './load.ts';

/** What a load came to, of one system. */
export interface Figures {
  /** Errands a second. */
  readonly rate: number;
  /** How long one took, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The processor time of the server's process, in microseconds an errand. */
  readonly cpu: number;
}

/** @param cpu the processor time that the server's process took, in seconds */
export function figuresOf({ seconds, times }: Loaded, cpu: number): Figures {
  return {
    rate: times.length / seconds,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
    cpu: (cpu / times.length) * 1e6,
  };
}

/** @param sorted in ascending order */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/** The median of each figure over several rounds. */
export function medianOf(rounds: readonly Figures[]): Figures {
  const of = (figure: keyof Figures): number => percentile(rounds.map((round) => round[figure]).sort(ascending), 50);
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), cpu: of('cpu') };
}

export function ascending(a: number, b: number): number {
  return a - b;
}
