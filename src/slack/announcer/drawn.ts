import type { LastProof } from '../../draw/proof.ts';
import type { Win } from '../../draw/types.ts';
import type { Drawn } from './record.ts';

/** Says how winners were drawn; null where that is not known, as another program picked them. */
export type HowDrawn = (winners: readonly Win[]) => Drawn | null;

/** How many characters of a record's digest are said with the winners. */
const DIGEST = 16;

/** Reads from the record of the last pick how winners were drawn, if it is theirs. */
export function drawnBy(proof: LastProof): HowDrawn {
  return (winners) => {
    if (proof === undefined) return null;
    if (!('winners' in proof)) {
      return { by: 'spop', isFallback: false, round: null, entrants: proof.entrants, digest: '' };
    }
    const recorded = new Map(proof.winners.map(({ prize, login }) => [prize, login]));
    const areTheirs =
      recorded.size === winners.length && winners.every(({ prize, login }) => recorded.get(prize) === login);
    if (!areTheirs) return null;
    const { seededBy, source, round, entrants, digest } = proof;
    return {
      by: seededBy,
      isFallback: source !== seededBy,
      round: seededBy === 'drand' ? round : null,
      entrants,
      digest: digest.slice(0, DIGEST),
    };
  };
}
