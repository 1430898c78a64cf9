import { Counter, Gauge, Registry } from 'prom-client';
import type { Call, MessageCounts, Reason } from './announcements/counted.ts';
import type { Content } from './announcements/desired.ts';
import type { Waiting } from './announcements/waiting.ts';
import type { Lag } from './event-loop.ts';
import type { Allowances, GitHubOptions } from './github/client.ts';
import { fixedCounter, fixedHistogram, type Lists } from './metric-labels.ts';
import type { RedisError } from './redis-problem.ts';
import type { EntryOutcome, RequestCounts, RequestOutcome } from './slack/counts.ts';

/** Upper bounds for times, in seconds. Slack waits for 3 s. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];

type Api = keyof Allowances;
type Observe = NonNullable<GitHubOptions['observe']>;

/** What can be pressed and typed, by its name in the tables. */
export interface Names {
  readonly commands: readonly string[];
  readonly buttons: readonly string[];
  readonly dialogs: readonly string[];
}

/** What the process has used since it began. */
export interface Usage {
  readonly cpuSeconds: number;
  /** Memory that it holds at the moment, in bytes. */
  readonly memory: number;
}

/** What is read when somebody asks for the metrics. */
export interface Readings {
  readonly allowances: Allowances;
  readonly isRedisUsable: boolean;
  /** Nothing where Redis does not answer. */
  readonly waiting: Waiting | undefined;
  readonly lag: Lag;
  /** For how long the event loop has been at work, in seconds. */
  readonly active: number;
  readonly usage: Usage;
}

/** Counts what happens, for Prometheus. */
export interface Metrics extends RequestCounts, MessageCounts {
  readonly lookedUp: Observe;
  redisError(kind: RedisError): void;
  /** Everything there is to say, in Prometheus's text format. */
  text(readings: Readings): Promise<string>;
}

/** The type of that text. Source: prometheus.io, "Exposition formats". */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Makes the metrics, in a registry of their own. Labels have values of fixed lists alone: nothing that anybody typed. */
export function createMetrics(names: Names): Metrics {
  const registry = new Registry();
  const counter = (name: string, help: string, labels: Lists = {}) =>
    fixedCounter(registry, { name: `prizedraw_${name}_total`, help, labels });
  const histogram = (name: string, help: string, labels: Lists = {}) =>
    fixedHistogram(registry, { name: `prizedraw_${name}_seconds`, help, labels }, BUCKETS);

  const commandNames = [...names.commands, 'unknown'];
  const commands = counter('commands', 'Commands typed', { command: commandNames, outcome: REQUESTS });
  const commandTimes = histogram('command_duration', 'From a command to its answer', { command: commandNames });
  const buttons = counter('buttons', 'Buttons pressed', { button: names.buttons, outcome: REQUESTS });
  const dialogs = counter('dialogs', 'Dialogs sent', { dialog: names.dialogs, outcome: REQUESTS });
  const entries = counter('entries', 'Entries tried', { outcome: ENTRIES });
  const entryTimes = histogram('entry_duration', 'From an entry to its outcome, with the look-up at GitHub');
  const acknowledgements = histogram('acknowledgement', 'From a request of Slack to its acknowledgement');
  const lookUps = counter('github_lookups', 'Look-ups for which GitHub was asked', { api: APIS, outcome: LOOK_UPS });
  const posted = counter('announcements_posted', 'Messages posted in channels', { kind: KINDS });
  const edited = counter('announcements_edited', 'Messages changed in channels', { kind: KINDS });
  const deleted = counter('announcements_deleted', 'Messages deleted in channels');
  const retried = counter('announcements_retried', 'Calls of Slack that came to nothing and are made again', {
    call: CALLS,
    reason: REASONS,
  });
  const redisErrors = counter('redis_errors', 'What went wrong with Redis', { kind: REDIS_ERRORS });
  const read = readingsIn(registry);

  return {
    command: (name, outcome, seconds) => {
      commands(name, outcome);
      commandTimes(seconds, name);
    },
    button: (id, outcome) => buttons(id, outcome),
    dialog: (id, outcome) => dialogs(id, outcome),
    entry: (outcome, seconds) => {
      entries(outcome);
      entryTimes(seconds);
    },
    acknowledged: (seconds) => acknowledgements(seconds),
    lookedUp: (api, outcome) => lookUps(api, outcome),
    posted: (kind) => posted(kind),
    edited: (kind) => edited(kind),
    deleted: () => deleted(),
    retried: (call, reason) => retried(call, reason),
    redisError: (kind) => redisErrors(kind),
    text: (readings) => {
      read(readings);
      return registry.metrics();
    },
  };
}

/** Makes the metrics that are read when they are asked for. */
function readingsIn(registry: Registry): (readings: Readings) => void {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]): Gauge<Label> =>
    new Gauge({ name: `prizedraw_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const limit = gauge('github_limit', 'Look-ups that GitHub allows an hour', 'api');
  const remaining = gauge('github_remaining', 'Look-ups that are left of it', 'api');
  const reset = gauge('github_reset_timestamp_seconds', 'When GitHub begins to count anew', 'api');
  const redisUp = gauge('redis_up', 'Whether Redis can be used, 1 or 0');
  const waiting = gauge('announcements_waiting', 'Draws with something to do in their channels', 'when');
  const failing = gauge('channels_failing', 'Channels in which something is being tried again', 'concern');
  const lateness = gauge('event_loop_lag_seconds', 'How late the event loop was since the last scrape', 'stat');
  const memory = gauge('process_resident_memory_bytes', 'Memory of the process');
  const began = gauge('process_start_time_seconds', 'When the process began');
  const growing = (name: string, help: string): ((value: number) => void) => {
    const counter = new Counter({ name: `prizedraw_${name}_total`, help, registers: [registry] });
    return (value) => {
      counter.reset();
      counter.inc(value);
    };
  };
  const active = growing('event_loop_active_seconds', 'For how long the event loop has been at work');
  const cpu = growing('process_cpu_seconds', 'Processor time of the process');

  return (readings) => {
    for (const api of APIS) {
      const allowance = readings.allowances[api];
      if (allowance === undefined) continue;
      limit.set({ api }, allowance.limit);
      // GitHub says no more until somebody looks something up.
      const isOver = allowance.until.getTime() <= Date.now();
      remaining.set({ api }, isOver ? allowance.limit : allowance.remaining);
      reset.set({ api }, allowance.until.getTime() / 1000);
    }
    redisUp.set(readings.isRedisUsable ? 1 : 0);
    // What is not known is left out: an old number would pass for a new one.
    waiting.reset();
    failing.reset();
    if (readings.waiting !== undefined) {
      waiting.set({ when: 'now' }, readings.waiting.due);
      waiting.set({ when: 'later' }, readings.waiting.planned);
      failing.set({ concern: 'posting' }, readings.waiting.failing.posting);
      failing.set({ concern: 'looking_up' }, readings.waiting.failing['looking up']);
    }
    lateness.set({ stat: 'p50' }, readings.lag.median);
    lateness.set({ stat: 'p99' }, readings.lag.p99);
    lateness.set({ stat: 'max' }, readings.lag.most);
    memory.set(readings.usage.memory);
    began.set(performance.timeOrigin / 1000);
    active(readings.active);
    cpu(readings.usage.cpuSeconds);
  };
}

/** The keys of an object, which the compiler holds to be every value of a type. */
function every<T extends string>(values: Readonly<Record<T, true>>): readonly string[] {
  return Object.keys(values);
}

const REQUESTS = every<RequestOutcome>({
  answered: true,
  dialog_opened: true,
  refused: true,
  too_long: true,
  failed: true,
});
const ENTRIES = every<EntryOutcome>({
  entered: true,
  already_in: true,
  removed: true,
  enough: true,
  not_open: true,
  another_draw: true,
  missed_too_often: true,
  no_such_user: true,
  organisation: true,
  limited: true,
  unreachable: true,
  not_an_id: true,
  failed: true,
});
const APIS = ['rest', 'graphql'] as const satisfies readonly Api[];
const LOOK_UPS = every<Parameters<Observe>[1]>({
  found: true,
  no_such_user: true,
  organisation: true,
  limited: true,
  unreachable: true,
  token_refused: true,
});
const KINDS = every<Content['kind']>({ open: true, closed: true, drawing: true, winners: true });
const CALLS = every<Call>({ post: true, update: true, delete: true, look_up: true, clock: true });
const REASONS = every<Reason>({ limited: true, unsure: true, message: true, refused: true });
const REDIS_ERRORS = every<RedisError>({
  away: true,
  refuses: true,
  READONLY: true,
  LOADING: true,
  MASTERDOWN: true,
  OOM: true,
  MISCONF: true,
  NOREPLICAS: true,
  CLUSTERDOWN: true,
  MOVED: true,
  ASK: true,
  TRYAGAIN: true,
  timeout: true,
  lost: true,
  other: true,
});
