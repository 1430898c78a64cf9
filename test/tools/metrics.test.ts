import { expect, it } from 'vitest';
import { labelsOf, parseMetrics } from '../support/metrics.ts';

const GOOD = `# HELP a_total What
# TYPE a_total counter
a_total{x="1",y="q\\"\\\\\\n}, z=\\""} 3
a_total{x="2"} +Inf

# HELP h Time
# TYPE h histogram
h_bucket{le="0.1"} 1
h_bucket{le="+Inf"} 2
h_sum 1.5
h_count 2
`;

it('reads names, types, labels and values', () => {
  const [counter, histogram] = parseMetrics(GOOD);
  expect(counter).toEqual({
    name: 'a_total',
    help: 'What',
    type: 'counter',
    samples: [
      { name: 'a_total', labels: { x: '1', y: 'q"\\\n}, z="' }, value: 3 },
      { name: 'a_total', labels: { x: '2' }, value: Number.POSITIVE_INFINITY },
    ],
  });
  expect(histogram?.samples).toHaveLength(4);
  expect([counter, histogram].map((metric) => metric && labelsOf(metric))).toEqual([['x', 'y'], []]);
});

it.each([
  ['no line break at its end', (text: string) => text.trimEnd()],
  ['no help', (text: string) => text.replace('# HELP a_total What\n', '')],
  ['no type', (text: string) => text.replace('# TYPE a_total counter\n', '')],
  ['a type that there is not', (text: string) => text.replace('counter', 'number')],
  ['two metrics of one name', (text: string) => text + text],
  ['a series twice', (text: string) => text.replace('a_total{x="2"} +Inf', 'a_total{x="2"} 1\na_total{x="2"} 2')],
  ['a sample of another metric', (text: string) => text.replace('a_total{x="2"}', 'b_total')],
  ['a label that does not end', (text: string) => text.replace('x="2"', 'x="2')],
  ['no number', (text: string) => text.replace('+Inf\n', 'many\n')],
  ['buckets that do not add up', (text: string) => text.replace('le="0.1"} 1', 'le="0.1"} 3')],
  ['no largest bucket', (text: string) => text.replace('h_bucket{le="+Inf"} 2\n', '')],
])('refuses a text with %s', (_what, spoil) => {
  expect(spoil(GOOD)).not.toBe(GOOD);
  expect(() => parseMetrics(spoil(GOOD))).toThrow();
});
