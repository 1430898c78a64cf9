import type { Row } from './entering.ts';

/** A table in Markdown; the first column is text, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map(line).join('\n');
}

/**
 * What work costs, beside one of them.
 * @param beside the name of the work to whose figures ratios are given
 */
export function workTable(rows: readonly Row[], beside: string): string {
  const head = ['', 'at once', 'a second', `÷ ${beside}`, 'p50 ms', 'p99 ms', 'CPU µs', `÷ ${beside}`, 'round trips'];
  return table(
    head,
    rows.map((row) => {
      const base = rows.find(({ work, atOnce }) => work.startsWith(beside) && atOnce === row.atOnce);
      return [
        row.work,
        String(row.atOnce),
        Math.round(row.rate).toLocaleString('en'),
        ratio(row.rate, base?.rate),
        row.p50.toFixed(1),
        row.p99.toFixed(1),
        row.cpu.toFixed(0),
        ratio(row.cpu, base?.cpu),
        row.roundTrips.toFixed(1),
      ];
    }),
  );
}

export function ratio(value: number, base: number | undefined): string {
  return base === undefined || base === 0 ? '' : (value / base).toFixed(2);
}
