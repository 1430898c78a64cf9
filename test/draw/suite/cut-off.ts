import { beforeEach, describe, expect, it } from 'vitest';
import type { Draw } from '../../../src/draw/index.ts';
import { isProof } from '../../../src/draw/last-proof.ts';
import {
  dump,
  FakeBeacon,
  KEYS,
  OWN_BEFORE_PICK,
  ownNames,
  recordKeys,
  shared,
  type Topic,
  write,
} from '../../support/fixtures/draw.ts';

/** A moment at which whoever laid something down just now has had time enough. */
const later = (): Date => new Date(Date.now() + 60_000);

/** Picks that a crash cut off after it was fixed who takes part. */
export const cutOff: Topic = (fixture) => {
  let beacon: FakeBeacon;
  /** Another process, after the crash, whose beacon answers. */
  let draw: Draw;

  beforeEach(async () => {
    await write(fixture().redis, { open: true, prizes: ['A', 'B'], entrants: ['alice', 'bob', 'carol'] });
    beacon = new FakeBeacon();
    draw = fixture().draw({ beacon, randomness: 'drand', now: later });
  });

  /** Picks, and dies while the beacon's round is waited for. */
  const crash = async (): Promise<void> => {
    const dying = new FakeBeacon(() => {
      throw new Error('The process has died.');
    });
    await expect(fixture().draw({ beacon: dying, randomness: 'drand' }).pick()).rejects.toThrow('died');
    expect(await fixture().redis.exists((await recordKeys(fixture().redis)).commitment)).toBe(1);
  };

  it('are gone on with, with the very round that was committed to', async () => {
    await crash();
    const laid = (await draw.status()).commitment;
    expect(laid).toMatchObject({ round: 1000 });
    expect(await draw.resume(0)).toMatchObject({ kind: 'picked', entrants: 3 });
    expect(beacon.asked).toEqual([1000]);
    expect(await draw.lastProof()).toMatchObject({ id: laid?.id, round: 1000, seededBy: 'drand' });
    expect(await draw.resume(0)).toBeUndefined();
  });

  it('are left to whoever laid it down until they have had time enough', async () => {
    await crash();
    expect(await fixture().draw({ beacon, randomness: 'drand' }).resume(30_000)).toBeUndefined();
    expect(await fixture().redis.exists((await recordKeys(fixture().redis)).commitment)).toBe(1);
    expect(await draw.resume(30_000)).toMatchObject({ kind: 'picked' });
  });

  it('are gone on with by whoever picks next', async () => {
    await crash();
    expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 3 });
    expect(beacon.asked).toEqual([1000]);
  });

  it('begin again with another round when somebody has come since', async () => {
    await crash();
    await fixture().redis.sadd(KEYS.entrants, 'dave');
    beacon.asked.push(1000);
    expect(await draw.resume(0)).toMatchObject({ kind: 'picked', entrants: 4 });
    expect(await draw.lastProof()).toMatchObject({ round: 1001 });
  });

  it('begin again with another round when others take part by now', async () => {
    await crash();
    await fixture().redis.del(KEYS.entrants);
    await write(fixture().redis, { entrants: ['alice', 'dave'] });
    beacon.asked.push(1000);
    expect(await draw.resume(0)).toMatchObject({ kind: 'picked', entrants: 2 });
    expect(await draw.lastProof()).toMatchObject({ round: 1001 });
  });

  it('that an older version committed to, with a copy of the entrants, are gone on with as well', async () => {
    await crash();
    const { redis } = fixture();
    const { id } = JSON.parse((await redis.get((await recordKeys(redis)).commitment)) ?? '{}');
    await redis.zadd(`prizedraw:slack:pick:${id}`, 0, 'alice', 0, 'bob', 0, 'carol');
    expect(await draw.resume(0)).toMatchObject({ kind: 'picked', entrants: 3 });
    expect(beacon.asked).toEqual([1000]);
    const proof = await draw.lastProof();
    if (!isProof(proof)) throw new Error('There is no record.');
    expect(proof.id).toBe(id);
    expect((await draw.checkProof(proof, [])).verdict).not.toBe('wrong');
  });

  it('are over when another program has another draw with other prizes, closed: nobody has asked to pick that', async () => {
    await crash();
    await fixture().redis.del(KEYS.prizes, KEYS.entrants);
    await write(fixture().redis, { prizes: ['C'], entrants: ['alice', 'bob', 'carol', 'dave'] });
    expect((await draw.status()).commitment).toBeUndefined();
    expect(await draw.resume(0)).toEqual({ kind: 'refused', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
    const left = await dump(fixture().redis);
    expect(shared(left)).toEqual({
      [KEYS.prizes]: { value: ['C'], expires: false },
      [KEYS.entrants]: { value: ['alice', 'bob', 'carol', 'dave'], expires: false },
    });
    expect(ownNames(left)).toEqual(OWN_BEFORE_PICK);
  });

  describe('when the draw has been opened again since', () => {
    beforeEach(async () => {
      await crash();
      await fixture().redis.set(KEYS.isOpen, 'true');
    });

    it('are not gone on with, then or after it has closed', async () => {
      expect(await draw.resume(0)).toEqual({ kind: 'refused', state: 'DRAW_OPEN_WITH_ENTRANTS' });
      await draw.close();
      expect(await draw.resume(0)).toBeUndefined();
      // It may be another draw, and the one that was to be picked over; nothing else is left.
      expect(ownNames(await dump(fixture().redis)).filter((name) => name !== 'history')).toEqual(OWN_BEFORE_PICK);
      expect((await draw.status()).state).toBe('DRAW_CLOSED_WITH_ENTRANTS');
    });

    it('do not stand in the way of another, with another round', async () => {
      expect(await draw.pick()).toMatchObject({ kind: 'picked', entrants: 3 });
      expect(await draw.lastProof()).toMatchObject({ round: 1001 });
    });
  });

  describe('of an open draw that has the winners of an earlier one', () => {
    beforeEach(async () => {
      await fixture().redis.expire(KEYS.isOpen, 60);
      await fixture().redis.hset(KEYS.winners, 'Old', 'zoe');
      await crash();
    });

    it('let nobody in any more, and have no timer that could end it', async () => {
      expect(await draw.enter('dave')).toEqual({ kind: 'not_open', state: 'DRAW_CLOSED_WITH_ENTRANTS' });
      expect(await fixture().redis.ttl(KEYS.isOpen)).toBe(-1);
      expect((await draw.status()).commitment).toMatchObject({ entrants: 3 });
    });

    it('are gone on with, and can be checked', async () => {
      await draw.resume(0);
      const proof = await draw.lastProof();
      if (!isProof(proof)) throw new Error('There is no record.');
      expect(await fixture().redis.hlen(KEYS.winners)).toBe(3);
      expect(await draw.checkProof(proof, [])).toMatchObject({ out: 'these' });
    });

    it('begin again when another program has let somebody in', async () => {
      await fixture().redis.sadd(KEYS.entrants, 'dave');
      expect(await draw.resume(0)).toMatchObject({ kind: 'picked', entrants: 4 });
    });

    it('are over when another program has closed it: then it counts as picked', async () => {
      await fixture().redis.del(KEYS.isOpen);
      expect(await draw.resume(0)).toEqual({ kind: 'refused', state: 'DRAW_WON' });
      expect(ownNames(await dump(fixture().redis))).toEqual(OWN_BEFORE_PICK);
    });
  });
};
