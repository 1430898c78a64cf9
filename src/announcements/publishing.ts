import type { Log } from '../log.ts';
import type { Turn } from './lease.ts';
import type { Messenger } from './messenger.ts';
import type { Pace } from './pace.ts';
import type { Refusals } from './refusals.ts';
import type { Deliveries } from './store.ts';

/** What publishing one draw works with. */
export interface Publishing {
  readonly id: string;
  readonly channel: string;
  readonly messenger: Messenger;
  readonly turn: Turn;
  readonly deliveries: Deliveries;
  readonly refusals: Refusals;
  readonly pace: Pace;
  readonly log: Log;
  /** Slack's time, in milliseconds since the epoch. */
  readonly now: () => number;
}
