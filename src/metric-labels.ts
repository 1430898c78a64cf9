import { Counter, Histogram, type Registry } from 'prom-client';

/** What stands for a value that is on no list. */
const UNKNOWN = 'unknown';

/** The values that each label can have; none has a blank in it. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/** What a metric is called, and what it says. */
export interface Naming {
  readonly name: string;
  readonly help: string;
  /** The values of its labels; none when left out. */
  readonly labels?: Lists;
}

/**
 * Makes a counter whose labels have values of fixed lists alone: what somebody typed becomes none, and no flood of texts
 * makes series without end. Every series is there from the start, at 0, so that a first event shows as a change.
 * @returns a function that counts one; it takes the values in the order of the labels
 */
export function fixedCounter(registry: Registry, { labels = {}, ...naming }: Naming): (...values: string[]) => void {
  const counter = new Counter({ ...naming, labelNames: Object.keys(labels), registers: [registry] });
  const of = boundBy(labels, (values) => {
    const bound = counter.labels(...values);
    bound.inc(0);
    return bound;
  });
  return (...values) => of(values).inc();
}

/**
 * Makes a histogram with labels of fixed lists, as `fixedCounter` does.
 * @param buckets upper bounds, in seconds
 * @returns a function that takes a time in seconds, and the values in the order of the labels
 */
export function fixedHistogram(
  registry: Registry,
  { labels = {}, ...naming }: Naming,
  buckets: readonly number[],
): (seconds: number, ...values: string[]) => void {
  const labelNames = Object.keys(labels);
  const histogram = new Histogram({ ...naming, labelNames, buckets: [...buckets], registers: [registry] });
  const of = boundBy(labels, (values) => {
    if (values.length > 0)
      histogram.zero(Object.fromEntries(labelNames.map((name, index) => [name, values[index] ?? ''])));
    return values.length > 0 ? histogram.labels(...values) : histogram;
  });
  return (seconds, ...values) => of(values).observe(seconds);
}

/** Makes what counts for each combination of values once: to make it takes longer than to count. */
function boundBy<Bound>(
  labels: Lists,
  bind: (values: readonly string[]) => Bound,
): (values: readonly string[]) => Bound {
  const lists = Object.values(labels);
  const known = new Map(combinationsOf(lists).map((values) => [values.join(' '), bind(values)]));
  const outside = (values: readonly string[]): Bound => {
    const fit = lists.map((list, index) => list.find((value) => value === values[index]) ?? UNKNOWN);
    const bound = known.get(fit.join(' ')) ?? bind(fit);
    known.set(fit.join(' '), bound);
    return bound;
  };
  return (values) => known.get(values.join(' ')) ?? outside(values);
}

function combinationsOf(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (before, list) => before.flatMap((values) => list.map((value) => [...values, value])),
    [[]],
  );
}
