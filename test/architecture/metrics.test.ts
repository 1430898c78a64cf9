import { describe, expect, it } from 'vitest';
import { createMetrics, type Readings } from '../../src/metrics.ts';
import { labelsOf, type Metric, parseMetrics } from '../support/metrics.ts';
import { parseDocument, type Table } from '../support/project/documents.ts';
import { read } from '../support/project/sources.ts';

const ALLOWANCE = { limit: 60, remaining: 7, until: new Date() };

/** Everything that can be read, so that every series is there. */
const READINGS: Readings = {
  allowances: { rest: ALLOWANCE, graphql: ALLOWANCE },
  isRedisUsable: true,
  waiting: { due: 1, planned: 2, failing: { posting: 0, 'looking up': 0 } },
  lag: { median: 0, p99: 0.1, most: 0.2 },
  active: 1,
  usage: { cpuSeconds: 1, memory: 1 },
};
const METRICS: readonly Metric[] = parseMetrics(
  await createMetrics({ commands: ['status'], buttons: ['pick'], dialogs: ['start'] }).text(READINGS),
);
const NAMES = METRICS.map(({ name }) => name);

describe('a metric', () => {
  it('has a name that begins with prizedraw_, and ends as is usual for its type', () => {
    expect(METRICS.length).toBeGreaterThan(15);
    expect(NAMES.filter((name) => !name.startsWith('prizedraw_'))).toEqual([]);
    const odd = METRICS.filter(({ name, type }) => name.endsWith('_total') !== (type === 'counter'));
    expect(odd).toEqual([]);
    expect(METRICS.filter(({ name, type }) => type === 'histogram' && !name.endsWith('_seconds'))).toEqual([]);
  });

  it('has numbers, once there is something to read', () => {
    expect(METRICS.filter(({ samples }) => samples.length === 0)).toEqual([]);
  });
});

describe('docs/operating.md', () => {
  const tables: readonly Table[] = parseDocument('', read('docs/operating.md')).tables;
  const rows = tables.flat().filter(([name = '']) => name.startsWith('`prizedraw_'));

  it('has a row for each metric, with its type and labels', () => {
    const told = rows.map(([name, type, labels, meaning]) => ({ name, type, labels, isTold: meaning !== '' }));
    const kept = METRICS.map((metric) => ({
      name: `\`${metric.name}\``,
      type: metric.type,
      labels: labelsOf(metric)
        .map((label) => `\`${label}\``)
        .join(', '),
      isTold: true,
    }));
    const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
      (a.name ?? '') < (b.name ?? '') ? -1 : 1;
    expect(told.toSorted(byName)).toEqual(kept.toSorted(byName));
  });
});

describe('docs/grafana.json', () => {
  const text = read('docs/grafana.json');
  /** What a query can ask for: a histogram is asked for by its parts. */
  const asked = new Set(METRICS.flatMap(({ samples }) => samples.map(({ name }) => name)));
  const expressions = [...text.matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)].map(([, expression = '']) => expression);
  const named = expressions.flatMap((expression) => expression.match(/\bprizedraw_\w+/g) ?? []);

  it('is JSON, and shows metrics that there are', () => {
    expect(JSON.parse(text)).toMatchObject({ title: 'prizedraw', panels: expect.any(Array) });
    expect(expressions.length).toBeGreaterThan(15);
    expect(named.filter((name) => !asked.has(name))).toEqual([]);
  });

  it('shows all of them', () => {
    const shown = new Set(named.map((name) => name.replace(/_(?:bucket|sum|count)$/, '')));
    expect(NAMES.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('asks for labels that these metrics have', () => {
    const labels = new Set(['job', 'instance', 'le', ...METRICS.flatMap(labelsOf)]);
    const grouped = [...text.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
    const legends = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
    const chosen = [...text.matchAll(/[{,](\w+)(?:=~|=)\\"/g)].map(([, label = '']) => label);
    expect(grouped.length + legends.length + chosen.length).toBeGreaterThan(40);
    expect([...grouped, ...legends, ...chosen].filter((label) => !labels.has(label))).toEqual([]);
  });
});
