/**
 * The program of a thread: reads all entrants that a key of Redis holds, over a connection of its own, and computes from them
 * what it is asked, as long as it is asked. However long that takes, the rest of the process goes on.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type EntrantList, listInProcess } from '../draw/fair/entrant-list.ts';
import { readEntrants } from '../draw/redis-sets.ts';
import { assertNever } from '../draw/types.ts';
import { createRedis } from '../redis.ts';
import { PROTOCOL, type Question, type Request, type Response, type Task } from './protocol.ts';

if (parentPort === null) throw new Error('This is started as a thread, not by itself.');
const port = parentPort;
// Whoever started this knows what it understands: nothing is asked before that was said.
const { redisUrl, keyPrefix, key }: Task = workerData;
const say = (message: Response): void => port.postMessage(message);

const list = read();
// Whoever asks is told.
list.catch(() => {});

port.on('message', ({ id, question }: Request) => {
  list
    .then((entrants) => answerTo(entrants, question))
    .then(
      (answer) => say({ id, answer }),
      (error: unknown) => say({ id, problem: error instanceof Error ? error.message : String(error) }),
    );
});
say({ id: 0, answer: PROTOCOL });

async function read(): Promise<EntrantList> {
  const redis = createRedis(redisUrl, keyPrefix);
  redis.on('error', () => {});
  try {
    await redis.connect();
    return listInProcess(await readEntrants(redis, key));
  } finally {
    redis.disconnect();
  }
}

function answerTo(entrants: EntrantList, question: Question): Promise<unknown> {
  switch (question.about) {
    case 'digest':
      return entrants.digest(question.version);
    case 'allot':
      return entrants.allot(Buffer.from(question.seed, 'hex'), question.prizes);
    case 'rank':
      return entrants.rank(Buffer.from(question.seed, 'hex'), question.logins);
    default:
      return assertNever(question);
  }
}
