import type { Win } from '../types.ts';
import type { Rank } from './allot.ts';
import type { Beacon } from './beacon.ts';
import { byBytes, type Digested, digestOf } from './digest.ts';
import type { EntrantList } from './entrant-list.ts';
import { digestOfRecord, type Proof, seedFrom } from './proof.ts';
import { rightIf, type Verdict, worstOf } from './verdict.ts';

/** One thing that was checked. */
export interface Step {
  /** What it is, in words. */
  readonly what: string;
  readonly verdict: Verdict;
}

export interface Checked {
  /** The worst of the steps' verdicts. */
  readonly verdict: Verdict;
  readonly steps: readonly Step[];
  readonly ranks: readonly Rank[];
}

/**
 * Does a pick again from its record and its entrants, and compares.
 * @param logins whose tickets to rank
 */
export async function check(
  proof: Proof,
  entrants: EntrantList,
  beacon: Beacon | undefined,
  logins: readonly string[],
): Promise<Checked> {
  const seen = await entrants.digest(proof.version);
  const prizes = digestOf(byBytes(proof.prizes), proof.version);
  const steps: Step[] = [
    { what: 'the record is whole', verdict: rightIf(digestOfRecord(proof) === proof.digest) },
    ...(await seedSteps(proof, beacon)),
    listStep('entrants', proof.entrants, proof.entrantsDigest, seen),
    listStep('prizes', proof.prizes.length, proof.prizesDigest, prizes),
  ];
  const seed = Buffer.from(proof.seed, 'hex');
  const wins = await entrants.allot(seed, proof.prizes);
  steps.push({ what: 'as many winners as there must be', verdict: rightIf(wins.length === proof.winners.length) });
  for (const [index, win] of wins.entries()) steps.push(winStep(win, proof.winners[index]));
  const ranks = await entrants.rank(seed, logins);
  return { verdict: worstOf(steps.map(({ verdict }) => verdict)), steps, ranks };
}

function listStep(of: string, count: number, digest: string, seen: Digested): Step {
  if (seen.count !== count) {
    return { what: `the list has ${seen.count} ${of}, the record says ${count}`, verdict: 'wrong' };
  }
  if (!seen.inOrder || seen.digest !== digest) {
    return {
      what: `the list of ${count} ${of} is another than the one whose digest is in the record`,
      verdict: 'wrong',
    };
  }
  return { what: `the list of ${count} ${of} is the one whose digest is in the record`, verdict: 'right' };
}

function winStep({ prize, login }: Win, told: Win | undefined): Step {
  if (told?.prize === prize && told.login === login) return { what: `${login} wins ${prize}`, verdict: 'right' };
  const instead = told ? `${told.login} wins ${told.prize}` : 'nobody does';
  return { what: `by the tickets, ${login} wins ${prize}; by the record, ${instead}`, verdict: 'wrong' };
}

async function seedSteps(proof: Proof, beacon: Beacon | undefined): Promise<Step[]> {
  const { seededBy, chain, round, signature, randomness, seed } = proof;
  if (seededBy === 'local') {
    // Nothing of a beacon may be claimed for it.
    const isRight = signature === null && randomness === null && (proof.source === 'drand') === (round !== null);
    return [
      {
        what: 'the seed is the bot’s own: nobody can check that it was not chosen',
        verdict: isRight ? 'unproven' : 'wrong',
      },
    ];
  }
  if (chain === null || round === null || signature === null || randomness === null) {
    return [{ what: 'the record names a round of the beacon', verdict: 'wrong' }];
  }
  return [
    {
      what: `drand signed round ${round}`,
      verdict: rightIf(chain === beacon?.chain && (await beacon.verify({ round, signature, randomness }))),
    },
    {
      what: 'by the record’s own time, that round did not exist yet when the lists were fixed',
      verdict: rightIf(beacon !== undefined && beacon.timeOf(round) > Date.parse(proof.committedAt)),
    },
    {
      what: 'the seed comes from that round and the two lists',
      verdict: rightIf(seed === seedFrom(randomness, proof.entrantsDigest, proof.prizesDigest)),
    },
  ];
}
