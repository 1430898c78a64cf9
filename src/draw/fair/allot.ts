import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Win } from '../types.ts';
import { SmallestTickets } from './smallest-tickets.ts';
import { ticketOf } from './tickets.ts';

/** Names in batches, as they come from Redis or a file: never all of them in memory. */
export type Batches = AsyncIterable<readonly string[]> | Iterable<readonly string[]>;

/** So many tickets are made before others get their turn; they take less than 10 milliseconds. */
const AT_A_TIME = 2_000;

/**
 * Decides who wins what: the entrants with the lowest tickets win the prizes in the order of theirs, first to first. It
 * depends on the seed and the two sets alone, not on any order in which they come. Other work goes on meanwhile.
 * @param seed 32 bytes
 * @param entrants each once
 * @returns as many pairs as there are prizes or entrants, whichever are fewer, lowest tickets first
 */
export async function allot(seed: Buffer, entrants: Batches, prizes: readonly string[]): Promise<readonly Win[]> {
  const winners = new SmallestTickets(prizes.length);
  await eachName(entrants, (name) => winners.add({ name, ticket: ticketOf(seed, 'entrant', name) }));
  const order = new SmallestTickets(prizes.length);
  await eachName([prizes], (name) => order.add({ name, ticket: ticketOf(seed, 'prize', name) }));
  const prizesInOrder = order.inOrder();
  return winners.inOrder().flatMap(({ name: login }, index) => {
    const prize = prizesInOrder[index]?.name;
    return prize === undefined ? [] : [{ prize, login }];
  });
}

/** Does something for each name, and lets other work go on in between. */
export async function eachName(batches: Batches, work: (name: string) => void): Promise<void> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += AT_A_TIME) {
      for (const name of batch.slice(from, from + AT_A_TIME)) work(name);
      await yieldToEventLoop();
    }
  }
}
