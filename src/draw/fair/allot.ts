import type { Win } from '../types.ts';
import { SmallestTickets } from './smallest-tickets.ts';
import { type TicketKind, ticketsFrom } from './tickets.ts';

/** How a login's ticket ranked: 1 is the lowest. */
export interface Rank {
  readonly login: string;
  /** Undefined: the login was not in the draw. */
  readonly rank: number | undefined;
}

/**
 * Decides who wins what: the entrants with the lowest tickets win the prizes in the order of theirs, first to first. It
 * depends on the seed and the two sets alone, not on any order in which they come.
 * @param seed 32 bytes
 * @param entrants each once
 * @returns as many pairs as there are prizes or entrants, whichever are fewer, lowest tickets first
 */
export function allot(seed: Buffer, entrants: readonly string[], prizes: readonly string[]): readonly Win[] {
  const prizesInOrder = lowest(seed, 'prize', prizes, prizes.length);
  return lowest(seed, 'entrant', entrants, prizes.length).flatMap((login, index) => {
    const prize = prizesInOrder[index];
    return prize === undefined ? [] : [{ prize, login }];
  });
}

/** The names with the lowest tickets, in the order of these. */
function lowest(seed: Buffer, kind: TicketKind, names: readonly string[], count: number): readonly string[] {
  const ticketOf = ticketsFrom(seed, kind);
  const smallest = new SmallestTickets(count);
  for (const name of names) smallest.add(name, ticketOf(name));
  return smallest.inOrder().map(({ name }) => name);
}

/** Ranks the tickets of some logins among those of all entrants. */
export function rank(seed: Buffer, entrants: readonly string[], logins: readonly string[]): readonly Rank[] {
  if (logins.length === 0) return [];
  const ticketOf = ticketsFrom(seed, 'entrant');
  const mine = logins.map((login) => ({ login, ticket: ticketOf(login), lower: 0, isIn: false }));
  for (const name of entrants) {
    const ticket = ticketOf(name);
    for (const each of mine) {
      if (each.login === name) each.isIn = true;
      else if (ticket < each.ticket) each.lower++;
    }
  }
  return mine.map(({ login, lower, isIn }) => ({ login, rank: isIn ? lower + 1 : undefined }));
}
