import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, vi } from 'vitest';
import { type DrawFixture, drawFixture, type Topic } from '../support/fixtures/draw.ts';
import { asking } from './suite/asking.ts';
import { changing } from './suite/changing.ts';
import { channels } from './suite/channels.ts';
import { cutOff } from './suite/cut-off.ts';
import { enter } from './suite/enter.ts';
import { givingUp } from './suite/giving-up.ts';
import { leaving } from './suite/leaving.ts';
import { limit } from './suite/limit.ts';
import { lookUps } from './suite/look-ups.ts';
import { pick } from './suite/pick.ts';
import { peers, prefixes, status } from './suite/shared.ts';
import { start } from './suite/start.ts';
import { states } from './suite/states.ts';
import { winners } from './suite/winners.ts';
import { wrongTypes } from './suite/wrong-types.ts';

/** A Redis to test on, of whatever make; its keys are deleted before each test. */
export interface Backend {
  readonly redis: Redis;
  close(): Promise<void>;
}

const TOPICS: Readonly<Record<string, Topic>> = {
  'the states of the draw, and what each step does in them': states,
  'start and close': start,
  enter,
  'the number of entries of a member': limit,
  'entries that are taken back': leaving,
  'what organisers change': changing,
  'look-ups': lookUps,
  pick,
  'picks that are asked for, and picks elsewhere': asking,
  'picks that were cut off': cutOff,
  'picks that are given up, and what a newer version has left': givingUp,
  winners,
  status,
  'draws in several channels': channels,
  'other programs': peers,
  'the key prefix': prefixes,
  'keys of a wrong type': wrongTypes,
};

/**
 * Declares the tests of the draw, the same on every make of Redis.
 * @param open connects to a Redis that the tests may empty
 */
export function drawSuite(open: () => Promise<Backend>): void {
  let backend: Backend | undefined;
  let fixture: DrawFixture | undefined;

  beforeAll(async () => {
    backend = await open();
  });
  beforeEach(async () => {
    if (backend === undefined) throw new Error('There is no Redis.');
    await backend.redis.flushall();
    fixture = drawFixture(backend.redis);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(() => backend?.close());

  const current: () => DrawFixture = () => {
    if (fixture === undefined) throw new Error('No test is running.');
    return fixture;
  };
  for (const [name, topic] of Object.entries(TOPICS)) describe(name, () => topic(current));
}
