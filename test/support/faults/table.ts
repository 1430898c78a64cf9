import type { Result } from './run.ts';
import type { Kind } from './strikes.ts';

/** The table of faults: how often each was tried, in how many draws, and what went wrong. */
export function table(kinds: readonly Kind[], results: readonly Result[]): string {
  const head = ['fault', 'runs', 'draws', 'injected', 'lost', 'doubled', 'wrong', 'taken back'];
  const rows = [
    ...kinds
      .map((kind) => ({ kind, of: results.filter((result) => result.kind === kind) }))
      .filter(({ of }) => of.length > 0)
      .map(({ kind, of }) => row(kind.name, of)),
    row('all', results),
  ];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((each) => each[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [line(head), ...rows.map(line)].join('\n');
}

function row(name: string, results: readonly Result[]): string[] {
  const draws = results.flatMap((result) => result.draws);
  const sum = <T>(all: readonly T[], of: (each: T) => number): string =>
    String(all.reduce((total, each) => total + of(each), 0));
  const broken = results.filter(({ broke }) => broke !== undefined).length;
  return [
    name,
    String(results.length),
    String(draws.length),
    sum(results, ({ injected }) => injected),
    sum(draws, ({ lost }) => lost),
    sum(draws, ({ doubled }) => doubled),
    // A run that broke off says nothing of its draws: that is wrong too.
    String(broken + draws.reduce((total, { wrong }) => total + wrong.length, 0)),
    sum(draws, ({ takenBack }) => takenBack),
  ];
}
