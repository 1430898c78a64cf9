import { createHash } from 'node:crypto';
import { type ChainInfo, fetchBeacon } from 'drand-client';
import type { Round } from '../draw/fair/beacon.ts';

/**
 * Whether a round is signed by a chain, by drand's own client, against what is known of the chain here. Needs no network.
 */
export async function isSigned(chain: ChainInfo, round: Round): Promise<boolean> {
  // The client would say this on standard error, where our log is not.
  const hash = createHash('sha256').update(Buffer.from(round.signature, 'hex')).digest('hex');
  if (hash !== round.randomness) return false;
  const asked = {
    options: { disableBeaconVerification: false, noCache: false },
    get: async () => round,
    latest: async () => round,
    chain: () => ({ baseUrl: '', info: async () => chain }),
  };
  return fetchBeacon(asked, round.round).then(
    () => true,
    () => false,
  );
}
