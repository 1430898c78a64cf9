import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { bls12_381 } from '@noble/curves/bls12-381';
import type { ChainInfo } from 'drand-client';
import { listen } from '../workspace/loopback.ts';

/** How a beacon of the tests behaves: like drand, or not. */
export type Conduct =
  | 'honest'
  | 'silent'
  | 'away'
  | 'slow'
  | 'lying'
  | 'unsigned'
  | 'nonsense'
  /** A byte now and then, for ever. */
  | 'dripping'
  /** More and more, as fast as it is taken. */
  | 'endless';

/** A chain of the tests' own: the scheme of drand's quicknet, with a key that we have, from any time on. */
export interface TestChain {
  readonly info: ChainInfo;
  sign(round: number): { round: number; signature: string; randomness: string };
}

/** Source: docs.drand.love, cryptography, scheme bls-unchained-g1-rfc9380. */
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** Makes a chain whose first round was at `genesis`, in seconds since the epoch. */
export function makeChain(genesis = Math.floor(Date.now() / 1000) - 3000): TestChain {
  const key = 0x1d2c3b4a59687786950413223140n;
  const info = {
    hash: createHash('sha256').update(`test chain ${genesis}`).digest('hex'),
    public_key: bls12_381.G2.ProjectivePoint.BASE.multiply(key).toHex(true),
    period: 3,
    genesis_time: genesis,
    groupHash: '00',
    schemeID: 'bls-unchained-g1-rfc9380',
    metadata: { beaconID: 'test' },
  };
  return {
    info,
    sign(round) {
      const number = Buffer.alloc(8);
      number.writeBigUInt64BE(BigInt(round));
      const message = createHash('sha256').update(number).digest();
      const point = bls12_381.G1.ProjectivePoint.fromAffine(bls12_381.G1.hashToCurve(message, { DST }).toAffine());
      const signature = Buffer.from(point.multiply(key).toRawBytes(true)).toString('hex');
      const randomness = createHash('sha256').update(Buffer.from(signature, 'hex')).digest('hex');
      return { round, signature, randomness };
    },
  };
}

export interface TestBeacon {
  readonly url: string;
  /** The paths that were asked for. */
  readonly asked: string[];
  /** How many bytes of endless answers went out. */
  readonly flood: { bytes: number };
  conduct: Conduct;
  close(): Promise<void>;
}

/** Serves a chain over HTTP as drand does, in good time or otherwise. */
export async function startBeacon(chain: TestChain, conduct: Conduct = 'honest', port = 0): Promise<TestBeacon> {
  const asked: string[] = [];
  const flood = { bytes: 0 };
  const { info } = chain;
  const current = (): number => Math.floor((Date.now() / 1000 - info.genesis_time) / info.period) + 1;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const json = (body: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const which = /\/public\/(\w+)$/.exec(path)?.[1];
    const round = which === 'latest' ? current() : Number(which);
    switch (beacon.conduct) {
      case 'away':
        return void request.socket.destroy();
      case 'silent':
        return;
      case 'nonsense':
        return void response.writeHead(200).end('<html>');
      case 'dripping':
        return void drip(response);
      case 'endless':
        return void pour(response, flood);
      case 'unsigned': {
        const { signature } = chain.sign(round + 1);
        const randomness = createHash('sha256').update(Buffer.from(signature, 'hex')).digest('hex');
        return json({ round, signature, randomness });
      }
      case 'lying':
        return json({ ...chain.sign(round), randomness: '0'.repeat(64) });
      case 'slow':
        return void setTimeout(() => json(chain.sign(round)), 1_200);
      case 'honest':
        return round > current() ? json({ error: 'not yet' }, 404) : json(chain.sign(round));
    }
  });
  const { url, close } = await listen(server, port);
  const beacon: TestBeacon = { url, asked, flood, conduct, close };
  return beacon;
}

async function drip(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  while (!response.destroyed) {
    response.write(' ');
    await pause(200);
  }
}

async function pour(response: ServerResponse, flood: { bytes: number }): Promise<void> {
  const part = Buffer.alloc(64 * 1024, ' ');
  response.writeHead(200, { 'content-type': 'application/json' });
  const closed = once(response, 'close');
  while (!response.destroyed) {
    flood.bytes += part.length;
    if (!response.write(part)) await Promise.race([once(response, 'drain'), closed]);
  }
}
