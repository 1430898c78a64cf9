/** One number of a metric. */
export interface Sample {
  /** With `_bucket`, `_sum` or `_count` where it is one of a histogram's. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric as `/metrics` shows it. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/gy;

/**
 * Reads Prometheus's text format, strictly. Source: prometheus.io, "Exposition formats".
 * @throws where something is not as it has to be: a sample of a metric without its help and type, a series that is there
 *   twice, a histogram whose buckets do not add up
 */
export function parseMetrics(text: string): readonly Metric[] {
  if (!text.endsWith('\n')) throw new Error('The text does not end with a line break.');
  const metrics = new Map<string, { name: string; help: string; type: string; samples: Sample[] }>();
  const series = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, keyword, of = '', said = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (metrics.has(of) || !NAME.test(of)) throw new Error(`There twice, or no name: ${line}`);
      metrics.set(of, { name: of, help: said, type: '', samples: [] });
      continue;
    }
    const metric = keyword === 'TYPE' ? metrics.get(of) : [...metrics.values()].at(-1);
    if (metric === undefined) throw new Error(`No help came before it: ${line}`);
    if (keyword === 'TYPE') {
      if (metric.type !== '' || !/^(?:counter|gauge|histogram)$/.test(said)) throw new Error(`A wrong type: ${line}`);
      metric.type = said;
      continue;
    }
    const sample = parseSample(line);
    const own = metric.type === 'histogram' ? sample.name.replace(/_(?:bucket|sum|count)$/, '') : sample.name;
    if (own !== metric.name || metric.type === '') throw new Error(`Not with its help and type: ${line}`);
    const id = seriesOf(sample);
    if (series.has(id)) throw new Error(`There twice: ${line}`);
    series.add(id);
    metric.samples.push(sample);
  }
  for (const metric of metrics.values()) if (metric.type === 'histogram') checkHistogram(metric);
  return [...metrics.values()];
}

/** A sample's name with its labels, in an order that does not depend on how they were written. */
export function seriesOf({ name, labels }: Pick<Sample, 'name' | 'labels'>): string {
  return `${name} ${JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
}

/** The names of a metric's labels, without the one for a histogram's buckets. */
export function labelsOf({ samples }: Metric): readonly string[] {
  const names = samples.flatMap(({ labels }) => Object.keys(labels));
  return [...new Set(names)].filter((name) => name !== 'le');
}

/** Every number of a bot's `/metrics`, by name and labels. */
export interface Scrape {
  readonly metrics: readonly Metric[];
  /** The number under this name and these labels; undefined where there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

/** Asks a bot for its metrics, later than what it may have made ready for somebody else. */
export async function scrape(url: string): Promise<Scrape> {
  await new Promise((resolve) => setTimeout(resolve, 250));
  const answer = await fetch(`${url}/metrics`);
  if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}.`);
  const metrics = parseMetrics(await answer.text());
  const values = new Map(metrics.flatMap(({ samples }) => samples.map((each) => [seriesOf(each), each.value])));
  return { metrics, value: (name, labels = {}) => values.get(seriesOf({ name, labels })) };
}

function parseSample(line: string): Sample {
  const [, name = '', inBraces = '', number = ''] = SAMPLE.exec(line) ?? [];
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  let end = 0;
  for (let match = LABEL.exec(inBraces); match !== null; match = LABEL.exec(inBraces)) {
    const [, label = '', value = ''] = match;
    if (label in labels) throw new Error(`A label is there twice: ${line}`);
    labels[label] = value.replace(/\\([\\"n])/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped));
    end = LABEL.lastIndex;
  }
  const value = /^[+-]Inf$/.test(number) ? Number(number.replace('Inf', 'Infinity')) : Number(number);
  const isNumber = number === 'NaN' || !Number.isNaN(value);
  if (!NAME.test(name) || number === '' || end !== inBraces.length || !isNumber) throw new Error(`No sample: ${line}`);
  return { name, labels, value };
}

/** Each bucket holds what the smaller ones hold, and the largest everything. */
function checkHistogram({ name, samples }: Metric): void {
  const rest = ({ le: _, ...labels }: Readonly<Record<string, string>>) => seriesOf({ name, labels });
  for (const count of samples.filter((sample) => sample.name === `${name}_count`)) {
    const own = samples.filter(({ labels }) => rest(labels) === rest(count.labels));
    const buckets = own.filter((sample) => sample.name === `${name}_bucket`);
    const bound = ({ labels }: Sample) => Number(labels['le']?.replace('Inf', 'Infinity'));
    const values = buckets.toSorted((a, b) => bound(a) - bound(b)).map(({ value }) => value);
    const isSorted = values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
    const isWhole = buckets.some(({ labels, value }) => labels['le'] === '+Inf' && value === count.value);
    if (!isSorted || !isWhole || own.length !== buckets.length + 2) throw new Error(`No whole histogram: ${name}`);
  }
}
