import type { Redis } from 'ioredis';
import type { RedisClock } from './clock.ts';
import type { DrawKeys } from './keys.ts';

/** What every use case of the draw works on. `redis` has been through `withScripts`. */
export interface DrawContext {
  readonly redis: Redis;
  readonly clock: RedisClock;
  readonly keys: DrawKeys;
  /** How many logins one chat member may enter; 0: any number. */
  readonly entriesPerMember: number;
}
