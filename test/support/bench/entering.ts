import type { Redis } from 'ioredis';
import { processorTime } from '../at-rest/processor.ts';
import { type Figures, figuresOf, medianOf } from './figures.ts';
import { load } from './load.ts';
import type { Server } from './processes.ts';
import { commandsDuring } from './round-trips.ts';
import type { Work } from './works.ts';

/** What one kind of work costs one system, over so many connections. */
export interface Row extends Figures {
  readonly work: string;
  readonly connections: number;
  /** Commands that the server sends to Redis for each. */
  readonly roundTrips: number;
}

export interface Measuring {
  readonly redis: Redis;
  readonly redisUrl: string;
  readonly servers: ReadonlyMap<string, Server>;
  /** Requests a round, and how many rounds. */
  readonly requests: number;
  readonly rounds: number;
}

/** How many connections, in the order in which they are measured. */
export const CONNECTIONS = [1, 50, 500] as const;

/** Requests before anything is measured, so that Node.js has compiled what it runs. */
const WARM_UP = 2_000;

/** Requests by which round trips are counted: one after the other, as counting costs time. */
const COUNTED = 100;

/**
 * Measures all systems side by side: round after round, each of them in turn, so that whatever else the machine does befalls all.
 * @throws when an answer is not as expected
 */
export async function measure(
  works: readonly Work[],
  measuring: Measuring,
  connections: readonly number[],
): Promise<Row[]> {
  const { requests, rounds } = measuring;
  const trips = new Map<string, number>();
  for (const work of works) {
    await run(work, measuring, Math.min(WARM_UP, requests), 50);
    trips.set(work.name, await roundTrips(work, measuring));
  }
  const rows: Row[] = [];
  for (const count of connections) {
    const measured = new Map<Work, Figures[]>(works.map((work) => [work, []]));
    for (let round = 0; round < rounds; round++) {
      // Over one connection, the time of an answer is what counts: fewer requests show it.
      const share = count === 1 ? 5 : 1;
      for (const [work, figures] of measured) figures.push(await run(work, measuring, requests / share, count));
    }
    for (const [work, figures] of measured) {
      rows.push({ work: work.name, connections: count, roundTrips: trips.get(work.name) ?? 0, ...medianOf(figures) });
    }
  }
  return rows;
}

async function run(work: Work, measuring: Measuring, count: number, connections: number): Promise<Figures> {
  const { port, pid } = serverOf(work, measuring);
  const errands = await work.prepare(measuring.redis, Math.ceil(count * (work.share ?? 1)));
  const before = processorTime(pid);
  const loaded = await load(port, errands, Math.min(connections, errands.length), work.isRight);
  if (loaded.wrong !== undefined) throw new Error(`${work.name} was answered with ${loaded.wrong}`);
  return figuresOf(loaded, processorTime(pid) - before);
}

async function roundTrips(work: Work, measuring: Measuring): Promise<number> {
  const { port } = serverOf(work, measuring);
  const errands = await work.prepare(measuring.redis, COUNTED);
  const commands = await commandsDuring(measuring.redisUrl, () => load(port, errands, 1, work.isRight));
  return commands / errands.length;
}

function serverOf(work: Work, { servers }: Measuring): Server {
  const server = servers.get(work.server);
  if (server === undefined) throw new Error(`There is no server ${work.server}.`);
  return server;
}
