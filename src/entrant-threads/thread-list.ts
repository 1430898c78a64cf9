import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { EntrantList } from '../draw/fair/entrant-list.ts';
import { PROTOCOL, type Question, type Request, type Task } from './protocol.ts';

/** Thrown when a thread cannot be started. */
export class NoThread extends Error {
  override readonly name = 'NoThread';
}

const response = z.union([
  z.object({ id: z.int(), problem: z.string() }),
  z.object({ id: z.int(), answer: z.unknown() }),
]);

/** What each question is answered with. */
const ANSWERS = {
  digest: z.object({ count: z.int(), digest: z.string(), inOrder: z.boolean() }),
  allot: z.array(z.object({ prize: z.string(), login: z.string() })),
  rank: z.array(z.object({ login: z.string(), rank: z.union([z.int(), z.undefined()]) })),
} as const;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/**
 * Starts a thread that reads entrants.
 * @param file the thread's program
 * @param onClosed called once the thread has been let go, or has ended by itself
 * @throws NoThread
 */
export async function startThread(file: URL, task: Task, onClosed: () => void): Promise<EntrantList> {
  const worker = new Worker(file, {
    workerData: task,
    name: 'entrants',
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  const thread = new Thread(worker, onClosed);
  await thread.start();
  return {
    digest: (version) => thread.ask({ about: 'digest', version }, ANSWERS.digest),
    allot: (seed, prizes) => thread.ask({ about: 'allot', seed: seed.toString('hex'), prizes }, ANSWERS.allot),
    rank: (seed, logins) => thread.ask({ about: 'rank', seed: seed.toString('hex'), logins }, ANSWERS.rank),
    close: () => thread.end(new Error('The entrants were let go.')),
  };
}

/** A thread, and what it has been asked and not yet answered. While that is nothing, it keeps no process from ending. */
class Thread {
  readonly #worker: Worker;
  readonly #onClosed: () => void;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: Error | undefined;

  constructor(worker: Worker, onClosed: () => void) {
    this.#worker = worker;
    this.#onClosed = onClosed;
    worker.on('message', (message: unknown) => this.#answered(message));
    worker.on('error', (error) => this.end(error));
    worker.on('exit', () => this.end(new Error('The thread that reads the entrants has ended.')));
  }

  /** @throws NoThread */
  async start(): Promise<void> {
    try {
      z.literal(PROTOCOL, 'Its program is another version’s.').parse(await this.#response(0));
    } catch (cause) {
      this.end(new Error('The thread could not be started.'));
      throw new NoThread(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }

  /** @throws when the thread cannot read the entrants, or has ended */
  async ask<Schema extends z.ZodType>(question: Question, schema: Schema): Promise<z.output<Schema>> {
    if (this.#ended) throw this.#ended;
    const request: Request = { id: ++this.#asked, question };
    this.#worker.ref();
    this.#worker.postMessage(request);
    return schema.parse(await this.#response(request.id));
  }

  /** Ends the thread; whoever waits for it is told the reason. */
  end(reason: Error): void {
    if (this.#ended) return;
    this.#ended = reason;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    void this.#worker.terminate();
    this.#onClosed();
  }

  #response(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #answered(message: unknown): void {
    const { success, data } = response.safeParse(message);
    if (!success) {
      this.end(new Error('The thread said something that is not known.'));
      return;
    }
    const waiting = this.#waiting.get(data.id);
    this.#waiting.delete(data.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('problem' in data) waiting?.reject(new Error(data.problem));
    else waiting?.resolve(data.answer);
  }
}
