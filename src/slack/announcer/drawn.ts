import { short } from '../../draw/fair/short.ts';
import type { LastProof } from '../../draw/proof.ts';
import type { Win } from '../../draw/types.ts';
import type { Drawn } from './record.ts';

/** Says how winners were drawn; null where that is not known, as another program picked them. */
export type HowDrawn = (winners: readonly Win[]) => Drawn | null;

/** Reads from the record of the last pick how winners were drawn, if it is theirs. */
export function drawnBy(proof: LastProof): HowDrawn {
  return (winners) => {
    if (proof === undefined) return null;
    if (!('winners' in proof)) {
      return {
        by: 'spop',
        isFallback: false,
        round: null,
        entrants: proof.entrants,
        digest: '',
        pick: '',
        inTime: null,
      };
    }
    // Winners of an earlier draw may be among them, where another program let them be.
    const out = new Map(winners.map(({ prize, login }) => [prize, login]));
    if (!proof.winners.every(({ prize, login }) => out.get(prize) === login)) return null;
    const { id, seededBy, source, round, entrants, digest } = proof;
    return {
      by: seededBy,
      isFallback: source !== seededBy,
      round: seededBy === 'drand' ? round : null,
      entrants,
      digest: short(digest),
      pick: id,
      inTime: null,
    };
  };
}
