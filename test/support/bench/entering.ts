import { processorTime } from '../at-rest/processor.ts';
import { type Figures, figuresOf, medianOf } from './figures.ts';
import { commandsDuring } from './round-trips.ts';
import type { Systems, Work } from './works.ts';

/** What one kind of work costs one system, so many at once. */
export interface Row extends Figures {
  readonly work: string;
  readonly atOnce: number;
  /** Commands that clients send to Redis for each, those of the worker in the background among them. */
  readonly roundTrips: number;
}

export interface Amount {
  /** How many are sent in a round. */
  readonly requests: number;
  readonly rounds: number;
  readonly atOnce: readonly number[];
}

/** So many are sent before anything is measured: Node.js compiles what it runs often. */
const WARM_UP = 5_000;

/** By so many, one after the other, round trips are counted, which slows everything down. */
const COUNTED = 200;

/** One after the other, fewer show how long each takes. */
const FEWER = 5;

/**
 * Measures work side by side: round after round, each in turn, so that whatever else the machine does befalls all of it.
 * @returns the median of the rounds
 * @throws when an answer is not the expected one
 */
export async function measure(works: readonly Work[], systems: Systems, amount: Amount): Promise<Row[]> {
  const { requests, rounds, atOnce } = amount;
  const trips = new Map<Work, number>();
  for (const work of works) {
    await run(work, systems, Math.min(WARM_UP, requests), 50);
    trips.set(work, await roundTrips(work, systems, Math.min(COUNTED, requests)));
  }
  const rows: Row[] = [];
  for (const connections of atOnce) {
    const measured = new Map<Work, Figures[]>(works.map((work) => [work, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [work, figures] of measured) {
        figures.push(await run(work, systems, connections === 1 ? requests / FEWER : requests, connections));
      }
    }
    for (const [work, figures] of measured) {
      rows.push({ work: work.name, atOnce: connections, roundTrips: trips.get(work) ?? 0, ...medianOf(figures) });
    }
  }
  return rows;
}

async function run(work: Work, systems: Systems, requests: number, atOnce: number): Promise<Figures> {
  const send = await work.prepare(systems, countOf(work, requests));
  const pid = systems.servers.get(work.server)?.pid ?? 0;
  const before = processorTime(pid);
  const loaded = await send(atOnce);
  if (loaded.wrong !== undefined) throw new Error(`${work.name} was answered with ${loaded.wrong}`);
  return figuresOf(loaded, processorTime(pid) - before);
}

async function roundTrips(work: Work, systems: Systems, requests: number): Promise<number> {
  const count = countOf(work, requests);
  const send = await work.prepare(systems, count);
  return (await commandsDuring(systems.redisUrl, () => send(1))) / count;
}

function countOf({ share = 1 }: Work, requests: number): number {
  return Math.ceil(requests * share);
}
