import fc from 'fast-check';
import type { HowDrawn } from '../../../src/announcements/desired.ts';
import { type Proof, seal } from '../../../src/draw/fair/proof.ts';
import { checkedAnswer, noProofText, proofAnswer } from '../../../src/slack/blocks/checking.ts';
import { note } from '../../../src/slack/blocks/parts.ts';
import { count, githubLogin, many, storedText } from './foreign.ts';
import { nothingForeign, optional, type Rendering, rendering, unique } from './renderings.ts';

export const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
export const round = fc.integer({ min: 1, max: 1e9 });

export const howDrawn: fc.Arbitrary<HowDrawn> = fc.record({
  by: fc.constantFrom('drand', 'local', 'spop'),
  isFallback: fc.boolean(),
  round: fc.option(round),
  entrants: count,
  digest: hash.map((text) => text.slice(0, 16)),
  pick: fc.uuid(),
  inTime: fc.option(fc.boolean()),
  addedLater: count,
});

/** Any record; nothing in it needs to be true. */
const proof: fc.Arbitrary<Proof> = fc
  .record({
    prizes: many(storedText).filter((prizes) => prizes.length > 0),
    entrants: count,
    digest: hash,
    pairs: fc.array(fc.record({ prize: storedText, login: githubLogin })),
    round,
  })
  .map(({ prizes, entrants, digest, pairs, round: decides }) =>
    seal({
      id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11',
      version: 1,
      source: 'drand',
      chain: digest,
      round: decides,
      entrants,
      entrantsDigest: digest,
      prizesDigest: digest,
      committedAt: '2026-01-02T03:04:05.678Z',
      pickedBy: 'U0123456789',
      prizes: [...prizes],
      seededBy: 'drand',
      signature: digest,
      randomness: digest,
      seed: digest,
      winners: pairs,
      pickedAt: '2026-01-02T03:04:09.876Z',
    }),
  );

const verdict = fc.constantFrom('right', 'unproven', 'wrong');
const checked = fc.record({
  verdict,
  out: fc.constantFrom('these', 'others', 'none'),
  steps: fc.array(fc.record({ what: storedText, verdict })),
  ranks: fc.array(fc.record({ login: githubLogin, rank: optional(count) }), { maxLength: 5 }),
});

/** What is said of how a pick was done, and of checking it. */
export const forChecking: readonly Rendering[] = [
  rendering(
    [noProofText],
    optional(fc.record({ source: fc.constant('spop'), entrants: count, pickedAt: hash })),
    (of) => ({
      messages: [note(noProofText(of))],
      foreign: nothingForeign,
    }),
  ),
  rendering([checkedAnswer], fc.tuple(proof, checked), ([of, came]) => ({
    messages: [checkedAnswer(of, came)],
    foreign: unique(came.steps.map(({ what }) => what)),
  })),
  rendering([proofAnswer], fc.tuple(proof, optional(fc.array(githubLogin, { maxLength: 300 }))), ([of, logins]) => ({
    messages: proofAnswer(of, logins && [JSON.stringify(of), ...logins]),
    foreign: unique(of.prizes),
  })),
];
