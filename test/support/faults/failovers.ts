import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultFixture } from './fixture.ts';
import type { Kept } from './place.ts';
import { type Kind, posting, some } from './strikes.ts';

/** Another server takes over, and the old one comes back as a replica of it. */
async function failOver(fixture: FaultFixture, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
  const topology = fixture.place.topology();
  fixture.injected++;
  await topology.failOver(signal);
  await sleep(fixture.random.from(0, 3_000));
  await topology.comeBack();
}

const ofEach = (name: string, kept: Kept): readonly Kind[] => [
  {
    name: `${name}: failover, primary killed`,
    processes: 2,
    differences: { kept },
    async strike(fixture) {
      await some(fixture);
      await failOver(fixture, 'SIGKILL');
    },
  },
  {
    name: `${name}: failover, killed while posting`,
    processes: 2,
    differences: { kept },
    async strike(fixture) {
      if ((await posting(fixture, fixture.random.from(1, 5))) === undefined) return;
      await sleep(fixture.random.from(0, 12));
      await failOver(fixture, 'SIGKILL');
    },
  },
  {
    name: `${name}: failover, primary frozen`,
    processes: 2,
    differences: { kept },
    async strike(fixture) {
      await some(fixture);
      await failOver(fixture, 'SIGSTOP');
    },
  },
];

/** A server that has the draws is lost, and another one takes over that has a copy. */
export const FAILOVERS: readonly Kind[] = [...ofEach('Sentinel', 'sentinel'), ...ofEach('Cluster', 'cluster')];
