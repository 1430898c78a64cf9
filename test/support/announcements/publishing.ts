import type { Redis } from 'ioredis';
import { Lease } from '../../../src/announcements/lease.ts';
import { Pace } from '../../../src/announcements/pace.ts';
import type { Publishing } from '../../../src/announcements/publishing.ts';
import { Refusals } from '../../../src/announcements/refusals.ts';
import { Deliveries } from '../../../src/announcements/store.ts';
import { keysUnder } from '../../../src/draw/keys.ts';
import { createLog } from '../../../src/log.ts';
import { mockRedis } from '../redis.ts';
import { FakeChannel } from './channel.ts';
import { NO_SETTINGS } from './settings.ts';

export const KEYS = keysUnder('prizedraw', 'C0HOME');

/** A pace that nobody waits for. */
class NoPace extends Pace {
  override async wait(): Promise<void> {}
}

/** One draw's publishing in an empty Redis, with a clock that stands still unless it is set. */
export class PublishingFixture {
  readonly redis: Redis = mockRedis();
  /** Milliseconds since the epoch. */
  now = 1_700_000_000_000;
  readonly channel = new FakeChannel(() => this.now);
  /** What the log says. */
  readonly said: string[] = [];
  readonly #refusals = new Refusals();
  readonly #log = createLog('debug', [], { write: (line) => void this.said.push(line) });

  /** Runs `work` in a turn of a process that knows nothing but what is in Redis. */
  async inTurn<T>(work: (publishing: Publishing) => Promise<T>): Promise<T | undefined> {
    let result: T | undefined;
    await new Lease(this.redis, KEYS, NO_SETTINGS).during(async (turn) => {
      const deliveries = await Deliveries.load(this.redis, KEYS, 'draw-1', turn);
      const { channel: messenger } = this;
      const now = (): number => this.now;
      result = await work({
        id: 'draw-1',
        channel: 'C0HOME',
        messenger,
        turn,
        deliveries,
        refusals: this.#refusals,
        pace: new NoPace(),
        log: this.#log,
        now,
      });
    });
    return result;
  }

  /** What is kept of one message in Redis. */
  async kept(part: string): Promise<unknown> {
    const json = await this.redis.hget(KEYS.draw('draw-1').messages, part);
    return json === null ? undefined : JSON.parse(json);
  }

  /** Has another process take the turn. */
  async endTurn(): Promise<void> {
    await this.redis.set(KEYS.lease, 'another 99');
  }
}
