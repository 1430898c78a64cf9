import type { Redis } from 'ioredis';
import type { RedisClock } from './clock.ts';
import type { Beacon } from './fair/beacon.ts';
import type { DrawKeys } from './keys.ts';

/** Where the seed of a pick comes from; `spop` leaves the pick to Redis, as the original application does. */
export type Randomness = 'drand' | 'local' | 'spop';

/** What every use case of the draw works on. `redis` has been through `withScripts`. */
export interface DrawContext {
  readonly redis: Redis;
  readonly clock: RedisClock;
  readonly keys: DrawKeys;
  /** How many logins one chat member may enter; 0: any number. */
  readonly entriesPerMember: number;
  readonly randomness: Randomness;
  readonly beacon: Beacon | undefined;
  readonly now: () => Date;
}
