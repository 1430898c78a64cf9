import type { Win } from '../types.ts';
import { allot, type Rank, rank } from './allot.ts';
import { type Digested, digestOf } from './digest.ts';
import type { Version } from './proof.ts';

/** Those who take part in a pick, each once, sorted by their bytes; and what is computed from all of them. */
export interface EntrantList {
  /** The digest of the list (see `digestOf`). */
  digest(version: Version): Promise<Digested>;
  /** Who wins what (see `allot`). */
  allot(seed: Buffer, prizes: readonly string[]): Promise<readonly Win[]>;
  /** How the tickets of some logins ranked (see `rank`). */
  rank(seed: Buffer, logins: readonly string[]): Promise<readonly Rank[]>;
  /** Lets it go. Nothing may be asked of it any more. */
  close(): void;
}

/** A list in this process, in which everything else waits meanwhile: for short ones, and for programs that do nothing else. */
export function listInProcess(sorted: readonly string[]): EntrantList {
  return {
    digest: async (version) => digestOf(sorted, version),
    allot: async (seed, prizes) => allot(seed, sorted, prizes),
    rank: async (seed, logins) => rank(seed, sorted, logins),
    close: () => {},
  };
}
