import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../json.ts';

/**
 * The versions of the algorithm. They differ in the digests of the lists alone: in version 1, a name with a line break in it
 * was as good as two names (see `digest.ts`).
 */
const VERSIONS = [1, 2] as const;
export type Version = (typeof VERSIONS)[number];

/** The version of a new pick. */
export const VERSION = 2 satisfies Version;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/);
const time = z.iso.datetime();
const pair = z.strictObject({ prize: z.string(), login: z.string() });

/** What is committed to before anybody can know the seed: who takes part, for what, and which round decides. */
export const commitment = z.strictObject({
  id: z.uuid(),
  version: z.literal(VERSIONS),
  /** Where the seed is to come from. */
  source: z.enum(['drand', 'local']),
  /** The beacon's chain and round, where it comes from there. */
  chain: hash.nullable(),
  round: z.int().positive().nullable(),
  entrants: z.int().positive(),
  entrantsDigest: hash,
  prizes: z.int().positive(),
  prizesDigest: hash,
  committedAt: time,
  /** Who asked for it, an ID of Slack's; '' where that is not known. */
  pickedBy: z.string(),
});
export type Commitment = z.infer<typeof commitment>;

/** What was picked, and how. */
const picked = z.strictObject({
  ...commitment.shape,
  prizes: z.array(z.string()).min(1),
  /** Where the seed did come from: `local` also when the beacon could not be reached. */
  seededBy: z.enum(['drand', 'local']),
  signature: hex.nullable(),
  randomness: hash.nullable(),
  seed: hash,
  winners: z.array(pair),
  pickedAt: time,
});

/**
 * The record of a pick, by which anyone can check it. What may be noted after a pick stands beside it, so that its digest stays
 * as it was announced.
 */
export const proof = z.strictObject({
  ...picked.shape,
  /** SHA-256 of the fields of the pick, in their order. */
  digest: hash,
});
export type Proof = z.infer<typeof proof>;

/** What is kept of a pick that cannot be checked. */
export const unproven = z.strictObject({ source: z.literal('spop'), entrants: z.int(), pickedAt: time });
export type Unproven = z.infer<typeof unproven>;

/**
 * The seed from a round of the beacon: SHA-256(its randomness ‖ the entrants' digest ‖ the prizes' digest).
 * @param randomness 32 bytes in hexadecimal, as the digests
 * @returns hexadecimal
 */
export function seedFrom(randomness: string, entrantsDigest: string, prizesDigest: string): string {
  return createHash('sha256')
    .update(Buffer.from(randomness + entrantsDigest + prizesDigest, 'hex'))
    .digest('hex');
}

/** Completes a record with its digest. */
export function seal(record: Omit<Proof, 'digest'>): Proof {
  return { ...record, digest: digestOfRecord(record) };
}

/** The digest that a record should have. */
export function digestOfRecord(record: Omit<Proof, 'digest'>): string {
  const fields = Object.keys(picked.shape);
  const values = new Map<string, unknown>(Object.entries(record));
  return createHash('sha256')
    .update(JSON.stringify(fields.map((name) => [name, values.get(name)])))
    .digest('hex');
}

/**
 * Reads a record.
 * @returns undefined where it is none
 */
export function parseProof(json: string): Proof | Unproven | undefined {
  return parseJson(json, z.union([proof, unproven]));
}

/** Reads a commitment; undefined where it is none. */
export function parseCommitment(json: string): Commitment | undefined {
  return parseJson(json, commitment);
}
