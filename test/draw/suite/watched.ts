import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRedis } from '../../../src/redis.ts';
import { drawFixture, FakeBeacon, KEYS, numbered, recordKeys, write } from '../../support/fixtures/draw.ts';
import type { TestRedis } from '../../support/redis.ts';

/** When another program meddles with a pick. */
type Moment = 'fixed' | 'written';

/**
 * Declares what happens when another program changes the draw in the last moment: after it was read and compared, right
 * before what follows from that is carried out.
 * @param server gives a Redis that the tests may empty
 */
export function watched(server: () => TestRedis): void {
  let redis: Redis;
  let peer: Redis;
  /** What happens once at a moment: `fixed`, after all was read and right before it is committed to; `written`, before the transaction. */
  let meddling: { readonly moment: Moment; readonly meddle: (own: Redis) => Promise<unknown> } | undefined;
  /** The connection that watches. */
  let own: Redis;

  beforeEach(async () => {
    peer = server().client();
    await peer.flushall();
    await write(peer, { open: true, prizes: ['A', 'B'], entrants: numbered('user', 3) });
    meddling = undefined;
    redis = createRedis(server().url, 'prizedraw');
    await redis.connect();
    const duplicate = redis.duplicate.bind(redis);
    vi.spyOn(redis, 'duplicate').mockImplementation((options) => watchedClosely(duplicate(options)));
  });
  afterEach(() => redis.disconnect());

  const at = async (moment: Moment): Promise<void> => {
    if (meddling?.moment !== moment) return;
    const { meddle } = meddling;
    meddling = undefined;
    await meddle(own);
  };

  const watchedClosely = (duplicate: Redis): Redis => {
    own = duplicate;
    const multi = own.multi.bind(own);
    vi.spyOn(own, 'multi').mockImplementation(() => {
      const transaction = multi();
      const exec = transaction.exec.bind(transaction);
      vi.spyOn(transaction, 'exec').mockImplementation(async () => {
        await at('written');
        return exec();
      });
      return transaction;
    });
    return own;
  };

  const pick = async () => {
    const beacon = new FakeBeacon();
    vi.spyOn(beacon, 'nextRound').mockImplementation(async () => {
      await at('fixed');
      return 1000 + beacon.asked.length;
    });
    const draw = drawFixture(redis).draw({ beacon, randomness: 'drand' });
    const began = performance.now();
    const outcome = await draw.pick();
    return { outcome, beacon, proof: await draw.lastProof(), ms: performance.now() - began };
  };

  const swap = () => peer.multi().srem(KEYS.entrants, 'user1').sadd(KEYS.entrants, 'user4').exec();

  it.each([
    ['entered, as it is fixed who takes part', 'fixed', () => peer.sadd(KEYS.entrants, 'user4'), 4, 1000],
    ['entered, as the winners are written', 'written', () => peer.sadd(KEYS.entrants, 'user4'), 4, 1001],
    ['left, as it is fixed who takes part', 'fixed', () => peer.srem(KEYS.entrants, 'user1'), 2, 1000],
    ['left, as the winners are written', 'written', () => peer.srem(KEYS.entrants, 'user1'), 2, 1001],
    // Their numbers are the same: it is committed to, and noticed when the winners are written.
    ['entered and somebody else left, as it is fixed who takes part', 'fixed', swap, 3, 1001],
    ['entered and somebody else left, as the winners are written', 'written', swap, 3, 1001],
  ] as const)('begins again at once when somebody %s', async (_what, moment, meddle, entrants, round) => {
    meddling = { moment, meddle };
    const { outcome, proof, ms } = await pick();
    expect(outcome).toMatchObject({ kind: 'picked', entrants });
    expect(proof).toMatchObject({ entrants, round });
    expect(await peer.scard((await recordKeys(peer)).finalEntrants)).toBe(entrants);
    expect(await peer.exists((await recordKeys(peer)).commitment)).toBe(0);
    // Nobody waits for the pick that came to nothing.
    expect(ms).toBeLessThan(5_000);
  });

  /** Cuts the connection that watches, and lets somebody in unwatched. */
  const cut = async (): Promise<void> => {
    await peer.client('KILL', 'ID', await own.client('ID'));
    await peer.sadd(KEYS.entrants, 'user4');
    // Time enough for a client that connects again by itself.
    await pause(100);
  };

  it('leaves no connection behind, whether it is carried out or not', async () => {
    const connections = async (): Promise<number> =>
      String(await peer.client('LIST'))
        .trim()
        .split('\n').length;
    const draws = drawFixture(redis).draws({ beacon: new FakeBeacon(), randomness: 'drand' });
    const before = await connections();
    await draws.home.askForPick('U1');
    expect(await connections()).toBe(before + 1);
    draws.close();
    await vi.waitFor(async () => expect(await connections()).toBe(before));
    expect(await draws.home.resume(0)).toMatchObject({ kind: 'picked', entrants: 3 });
    await vi.waitFor(async () => expect(await connections()).toBe(before));
  });

  it('begins again when the connection that watches is cut as who takes part is fixed', async () => {
    meddling = { moment: 'fixed', meddle: cut };
    const { outcome, proof } = await pick();
    expect(outcome).toMatchObject({ kind: 'picked', entrants: 4 });
    expect(proof).toMatchObject({ round: 1000 });
  });

  it('fails, with nothing half done, when that connection is cut as the winners are written', async () => {
    meddling = { moment: 'written', meddle: cut };
    await expect(pick()).rejects.toThrow();
    expect(await peer.exists(KEYS.winners)).toBe(0);
    expect(await peer.scard(KEYS.entrants)).toBe(4);
    expect(await peer.exists((await recordKeys(peer)).commitment)).toBe(1);
    const draw = drawFixture(redis).draw({ now: () => new Date(Date.now() + 60_000) });
    expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 4 });
  });
}
