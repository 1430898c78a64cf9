import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRedis } from '../../../src/redis.ts';
import { drawFixture, FakeBeacon, KEYS, numbered, recordKeys, write } from '../../support/fixtures/draw.ts';
import type { TestRedis } from '../../support/redis.ts';

/**
 * Declares what happens when another program changes the draw in the last moment: after it was read and compared, right
 * before what follows from that is carried out.
 * @param server gives a Redis that the tests may empty
 */
export function watched(server: () => TestRedis): void {
  let redis: Redis;
  let peer: Redis;
  let transactions: number;
  /** What happens right before the transaction of that number. */
  let meddling: ReadonlyMap<number, (own: Redis) => Promise<unknown>>;

  beforeEach(async () => {
    peer = server().client();
    await peer.flushall();
    await write(peer, { open: true, prizes: ['A', 'B'], entrants: numbered('user', 3) });
    transactions = 0;
    meddling = new Map();
    redis = createRedis(server().url, 'prizedraw');
    await redis.connect();
    const duplicate = redis.duplicate.bind(redis);
    vi.spyOn(redis, 'duplicate').mockImplementation((options) => watchedClosely(duplicate(options)));
  });
  afterEach(() => redis.disconnect());

  const watchedClosely = (own: Redis): Redis => {
    const multi = own.multi.bind(own);
    vi.spyOn(own, 'multi').mockImplementation(() => {
      const transaction = multi();
      const exec = transaction.exec.bind(transaction);
      vi.spyOn(transaction, 'exec').mockImplementation(async () => {
        await meddling.get(transactions++)?.(own);
        return exec();
      });
      return transaction;
    });
    return own;
  };

  const pick = async () => {
    const beacon = new FakeBeacon();
    const draw = drawFixture(redis).draw({ beacon, randomness: 'drand' });
    const began = performance.now();
    const outcome = await draw.pick();
    return { outcome, beacon, proof: await draw.lastProof(), ms: performance.now() - began };
  };

  it.each([
    ['entered, as it is fixed who takes part', 0, () => peer.sadd(KEYS.entrants, 'user4'), 4],
    ['entered, as the winners are written', 1, () => peer.sadd(KEYS.entrants, 'user4'), 4],
    ['left, as it is fixed who takes part', 0, () => peer.srem(KEYS.entrants, 'user1'), 2],
    ['left, as the winners are written', 1, () => peer.srem(KEYS.entrants, 'user1'), 2],
    [
      'entered and somebody else left, as the winners are written',
      1,
      () => peer.multi().srem(KEYS.entrants, 'user1').sadd(KEYS.entrants, 'user4').exec(),
      3,
    ],
  ])('begins again at once when somebody %s', async (_what, transaction, meddle, entrants) => {
    meddling = new Map([[transaction, meddle]]);
    const { outcome, proof, ms } = await pick();
    expect(outcome).toMatchObject({ kind: 'picked', entrants });
    expect(proof).toMatchObject({ entrants, round: transaction === 0 ? 1000 : 1001 });
    expect(await peer.zcard((await recordKeys(peer)).finalEntrants)).toBe(entrants);
    expect(await peer.keys('prizedraw:slack:pick:*')).toEqual([]);
    // Nobody waits for the pick that came to nothing.
    expect(ms).toBeLessThan(5_000);
  });

  it.each([
    ['who takes part is fixed', 0],
    ['the winners are written', 1],
  ])('fails, with nothing half done, when the connection that watches is cut as %s', async (_what, transaction) => {
    meddling = new Map([
      [
        transaction,
        async (own) => {
          await peer.client('KILL', 'ID', await own.client('ID'));
          await peer.sadd(KEYS.entrants, 'user4');
          // Time enough for a client that connects again by itself.
          await pause(100);
        },
      ],
    ]);
    await expect(pick()).rejects.toThrow();
    expect(await peer.exists(KEYS.winners)).toBe(0);
    expect(await peer.scard(KEYS.entrants)).toBe(4);
    expect(await peer.exists((await recordKeys(peer)).commitment)).toBe(transaction);
    meddling = new Map();
    const draw = drawFixture(redis).draw({ now: () => new Date(Date.now() + 60_000) });
    expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 4 });
  });
}
