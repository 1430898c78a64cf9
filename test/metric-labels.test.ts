import fc from 'fast-check';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { fixedCounter, fixedHistogram } from '../src/metric-labels.ts';
import { parseMetrics, type Sample } from './support/metrics.ts';

const LABELS = { command: ['status', 'enter', 'unknown'], outcome: ['answered', 'failed'] };

async function samplesOf(registry: Registry): Promise<readonly Sample[]> {
  return parseMetrics(await registry.metrics()).flatMap(({ samples }) => samples);
}

it('has every series from the start, at 0', async () => {
  const registry = new Registry();
  fixedCounter(registry, { name: 'commands_total', help: 'x', labels: LABELS });
  fixedCounter(registry, { name: 'plain_total', help: 'x' });
  fixedHistogram(registry, { name: 'time', help: 'x', labels: { command: LABELS.command } }, [1]);
  fixedHistogram(registry, { name: 'plain', help: 'x' }, [1]);
  const samples = await samplesOf(registry);
  expect(samples).toHaveLength(6 + 1 + 3 * 4 + 4);
  expect(samples.filter(({ value }) => value !== 0)).toEqual([]);
});

it('counts what is on its lists under it', async () => {
  const registry = new Registry();
  const count = fixedCounter(registry, { name: 'commands_total', help: 'x', labels: LABELS });
  const time = fixedHistogram(registry, { name: 'time', help: 'x', labels: { command: LABELS.command } }, [1, 2]);
  count('enter', 'failed');
  count('enter', 'failed');
  time(1.5, 'status');
  expect((await samplesOf(registry)).filter(({ value }) => value !== 0)).toEqual([
    { name: 'commands_total', labels: { command: 'enter', outcome: 'failed' }, value: 2 },
    { name: 'time_bucket', labels: { command: 'status', le: '2' }, value: 1 },
    { name: 'time_bucket', labels: { command: 'status', le: '+Inf' }, value: 1 },
    { name: 'time_sum', labels: { command: 'status' }, value: 1.5 },
    { name: 'time_count', labels: { command: 'status' }, value: 1 },
  ]);
});

it('counts every other text as unknown, whatever it is', async () => {
  const registry = new Registry();
  const count = fixedCounter(registry, { name: 'commands_total', help: 'x', labels: LABELS });
  const time = fixedHistogram(registry, { name: 'time', help: 'x', labels: { command: LABELS.command } }, [1]);
  const before = (await samplesOf(registry)).length;
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 50 }).filter((text) => !LABELS.command.includes(text)),
    fc.constantFrom('status answered', 'STATUS', '__proto__', 'constructor', '', ' ', 'a"b', '\n', '}', '\ud800'),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      count(text, 'answered');
      time(0.5, text);
    }),
    { numRuns: 500 },
  );
  const samples = await samplesOf(registry);
  expect(samples).toHaveLength(before);
  const unknown = samples.find(({ labels }) => labels['command'] === 'unknown' && labels['outcome'] === 'answered');
  expect(unknown?.value).toBe(500);
  const timed = samples.find(({ name, labels }) => name === 'time_count' && labels['command'] === 'unknown');
  expect(timed?.value).toBe(500);
});
