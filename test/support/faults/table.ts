import type { Kind } from './kinds.ts';
import type { Result } from './main.ts';

/** The table of faults: how often each was tried, and what went wrong. */
export function table(kinds: readonly Kind[], results: readonly Result[]): string {
  const head = ['fault', 'runs', 'injected', 'lost', 'doubled', 'wrong', 'taken back'];
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
  const sum = (of: (result: Result) => number): string =>
    String(results.reduce((total, result) => total + of(result), 0));
  return [
    name,
    String(results.length),
    sum(({ injected }) => injected),
    sum(({ lost }) => lost),
    sum(({ doubled }) => doubled),
    sum(({ wrong }) => wrong.length),
    sum(({ takenBack }) => takenBack),
  ];
}
