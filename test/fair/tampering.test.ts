import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from '../../src/drand/verify.ts';
import { allot } from '../../src/draw/fair/allot.ts';
import type { Beacon } from '../../src/draw/fair/beacon.ts';
import { check } from '../../src/draw/fair/check.ts';
import { byBytes, digestOf } from '../../src/draw/fair/digest.ts';
import { listInProcess } from '../../src/draw/fair/entrant-list.ts';
import { headOfFile, parseFile } from '../../src/draw/fair/file.ts';
import { type Proof, seal, seedFrom, VERSION, type Version } from '../../src/draw/fair/proof.ts';
import { makeChain } from '../support/stand-ins/drand-chain.ts';

const chain = makeChain(1_700_000_000);
const signed = new Map<string, boolean>();

/** Remembers what it was asked: pairings take their time. */
const beacon: Beacon = {
  chain: chain.info.hash,
  timeOf: (round) => (chain.info.genesis_time + (round - 1) * 3) * 1000,
  nextRound: async () => 100,
  get: async (round) => chain.sign(round),
  verify: async (round) => {
    const key = JSON.stringify(round);
    const known = signed.get(key) ?? (await isSigned(chain.info, round));
    signed.set(key, known);
    return known;
  },
};

const ENTRANTS = byBytes(Array.from({ length: 25 }, (_, index) => `user${index + 1}`));

async function proofOf(source: 'drand' | 'local', version: Version = VERSION): Promise<Proof> {
  const prizes = ['A mug', 'Étoile', 'Sticker "1"'];
  const entrantsDigest = digestOf(ENTRANTS, version).digest;
  const prizesDigest = digestOf(byBytes(prizes), version).digest;
  const { round, signature, randomness } = chain.sign(100);
  const isDrand = source === 'drand';
  const seed = isDrand
    ? seedFrom(randomness, entrantsDigest, prizesDigest)
    : createHash('sha256').update('x').digest('hex');
  const wins = allot(Buffer.from(seed, 'hex'), ENTRANTS, prizes);
  return seal({
    id: 'bfd9d2b4-7e1c-4d5e-9d9a-3a5b8e0b8a11',
    version,
    source,
    chain: isDrand ? chain.info.hash : null,
    round: isDrand ? round : null,
    entrants: ENTRANTS.length,
    entrantsDigest,
    prizesDigest,
    committedAt: new Date(beacon.timeOf(99)).toISOString(),
    pickedBy: 'U0123456789',
    prizes: byBytes(prizes),
    seededBy: source,
    signature: isDrand ? signature : null,
    randomness: isDrand ? randomness : null,
    seed,
    winners: wins.map(({ prize, login }) => ({ prize, login })),
    pickedAt: new Date(beacon.timeOf(101)).toISOString(),
  });
}

const textOf = (proof: Proof, entrants: readonly string[] = ENTRANTS): string =>
  `${[headOfFile(proof), ...entrants].join('\n')}\n`;

async function isRight(text: string): Promise<boolean> {
  const file = parseFile(text);
  if ('problem' in file) return false;
  return (await check(file.proof, listInProcess(file.entrants), beacon, [])).verdict !== 'wrong';
}

describe.each([
  ['drand', 1],
  ['local', 1],
  ['drand', 2],
  ['local', 2],
] as const)('the record of a pick whose seed is from %s, version %i', (source, version) => {
  it('is right as it stands, and put together from several messages', async () => {
    const text = textOf(await proofOf(source, version));
    expect(await isRight(text)).toBe(true);
    expect(await isRight(`\uFEFF${text.replaceAll('\n', '\r\n\r\n')}`)).toBe(true);
  });

  it('is wrong with any one character changed', async () => {
    const text = textOf(await proofOf(source, version));
    const unnoticed: string[] = [];
    for (let at = 0; at < text.length - 1; at++) {
      const character = text.charAt(at);
      const other = character === '1' ? '2' : character === '\n' ? 'x' : '1';
      if (await isRight(text.slice(0, at) + other + text.slice(at + 1))) unnoticed.push(text.slice(at - 20, at + 20));
    }
    expect(unnoticed).toEqual([]);
  }, 60_000);

  it.each([
    ['one more entrant', (all: string[]) => byBytes([...all, 'zzz'])],
    ['one less', (all: string[]) => all.slice(1)],
    ['one twice', (all: string[]) => [...all, all.at(-1) ?? '']],
    ['another order', (all: string[]) => all.toReversed()],
  ])('is wrong with %s', async (_, change) => {
    expect(await isRight(textOf(await proofOf(source, version), change(ENTRANTS)))).toBe(false);
  });

  it('is wrong as a record of the other version, however well it is sealed', async () => {
    const { digest: _digest, ...record } = await proofOf(source, version);
    const changed = seal({ ...record, version: version === 1 ? 2 : 1 });
    expect(await isRight(textOf(changed))).toBe(false);
  });

  it.each([
    ['the winners', { winners: [{ prize: 'A mug', login: 'user1' }] }],
    ['the seed', { seed: '0'.repeat(64) }],
    ['the prizes', { prizes: ['A mug'] }],
    ['where the seed is from', { seededBy: source === 'drand' ? 'local' : 'drand' }],
  ] as const)('is wrong with other %s, however well it is sealed', async (_, change) => {
    const { digest: _digest, ...record } = await proofOf(source, version);
    // biome-ignore format: one line
    const changed = seal({ ...record, ...change, prizes: 'prizes' in change ? [...change.prizes] : record.prizes, winners: 'winners' in change ? [...change.winners] : record.winners });
    expect(await isRight(textOf(changed))).toBe(false);
  });
});

describe('a record that says it is drand’s', () => {
  it.each([
    ['of a round that existed before', { committedAt: new Date(beacon.timeOf(101)).toISOString() }],
    ['of another chain', { chain: 'a'.repeat(64) }],
    ['of another round', { round: 101 }],
  ])('is wrong %s', async (_, change) => {
    const { digest: _digest, ...record } = await proofOf('drand');
    expect(await isRight(textOf(seal({ ...record, ...change })))).toBe(false);
  });
});

describe('a ticket’s rank', () => {
  it('counts the lower ones, and knows who was not there', async () => {
    const proof = await proofOf('drand');
    const { ranks } = await check(proof, listInProcess(ENTRANTS), beacon, [...ENTRANTS, 'nobody']);
    expect(ranks.at(-1)).toEqual({ login: 'nobody', rank: undefined });
    const order = ranks.slice(0, -1).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    expect(order.map(({ rank }) => rank)).toEqual(ENTRANTS.map((_, index) => index + 1));
    expect(order.slice(0, 3).map(({ login }) => login)).toEqual(proof.winners.map(({ login }) => login));
  });
});
