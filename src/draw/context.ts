import type { Redis } from 'ioredis';
import type { RedisClock } from './clock.ts';
import type { Beacon } from './fair/beacon.ts';
import type { Keys, SharedKeys } from './keys.ts';
import type { UnreadablePicks } from './unreadable-pick.ts';

/** Where the seed of a pick comes from; `spop` leaves the pick to Redis, as the original application does. */
export type Randomness = 'drand' | 'local' | 'spop';

/** What every use case works on: the draw in one channel. */
export interface DrawContext {
  readonly redis: Redis;
  readonly clock: RedisClock;
  /** Every key of the workspace, and those of this channel that are shared with other programs. */
  readonly keys: Keys;
  readonly shared: SharedKeys;
  readonly channel: string;
  /** The latest draw of the channel, as this process last knew it: scripts say so when it is another. */
  readonly latest: { id: string };
  /** The one draw that is meant, by a button that was shown for it, say; undefined: whichever is the channel's latest. */
  readonly only: string | undefined;
  /** How many logins one chat member may enter; 0: any number. */
  readonly entriesPerMember: number;
  readonly randomness: Randomness;
  readonly beacon: Beacon | undefined;
  readonly now: () => Date;
  /** Picks under way that this version cannot read. */
  readonly unreadablePicks: UnreadablePicks;
  /** Takes over what an older release left in Redis for this channel; true where there was something. */
  readonly takeOver: () => Promise<boolean>;
}
