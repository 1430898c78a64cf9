import type { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Lease, TurnEnded } from '../../src/announcements/lease.ts';
import { keysUnder } from '../../src/draw/keys.ts';
import { NO_SETTINGS } from '../support/announcements/settings.ts';
import { BACKENDS } from '../support/backends.ts';

const KEYS = keysUnder('prizedraw', 'C0HOME');
const { messages } = KEYS.draw('a-draw');

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(BACKENDS)('the lease %s', (_, open) => {
  /** Runs a test with two processes over one Redis. */
  const withTwo = async (work: (one: Lease, two: Lease, redis: Redis) => Promise<void>): Promise<void> => {
    const { clients, close } = await open();
    const [first, second] = clients;
    await work(new Lease(first, KEYS, NO_SETTINGS), new Lease(second, KEYS, NO_SETTINGS), first);
    await close();
  };

  it('is had by one process at a time, and given back', () =>
    withTwo(async (one, two) => {
      let inner: string | undefined;
      const ran = await one.during(async () => {
        inner = await two.during(async () => {});
      });
      expect({ ran, inner }).toEqual({ ran: 'ran', inner: 'held' });
      expect(await two.during(async () => {})).toBe('ran');
    }));

  it('is given back when the work fails', () =>
    withTwo(async (one, two) => {
      await expect(one.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await two.during(async () => {})).toBe('ran');
    }));

  it('numbers its turns, each higher than any before', () =>
    withTwo(async (one, two, redis) => {
      const turns: number[] = [];
      for (const lease of [one, two, one]) {
        await lease.during(async () => {
          turns.push(Number((await redis.get(KEYS.lease))?.split(' ')[1]));
        });
      }
      expect(turns).toEqual([1, 2, 3]);
    }));

  it('lets nobody write whose turn is over, in Redis or elsewhere', () =>
    withTwo(async (one, two, redis) => {
      await one.during(async (turn) => {
        await turn.write(messages, { draw: 'first', sweep: 'once' });
        await turn.write(messages, { sweep: '' });
        turn.check();
        // It expires while this process is frozen, and another takes it.
        await redis.del(KEYS.lease);
        await two.during(async (next) => {
          await next.write(messages, { draw: 'second' });
          await expect(turn.write(messages, { draw: 'late' })).rejects.toThrow(TurnEnded);
          await expect(turn.prolong()).rejects.toThrow(TurnEnded);
          expect(() => turn.check()).toThrow(TurnEnded);
        });
      });
      expect(await redis.hgetall(messages)).toEqual({ draw: 'second' });
    }));

  it('lets a process that was frozen send nothing, before it has asked anybody', () =>
    withTwo(async (one) => {
      await one.during(async (turn) => {
        const now = performance.now();
        vi.spyOn(performance, 'now').mockReturnValue(now + 7_000);
        expect(() => turn.check()).toThrow(TurnEnded);
      });
    }));

  it('is not given back by one who has lost it', () =>
    withTwo(async (one, two, redis) => {
      let inner: boolean | undefined;
      await two.during(async () => {
        inner = true;
        await redis.del(KEYS.lease);
        await one.during(async () => {});
        await redis.set(KEYS.lease, 'a third 9');
      });
      expect(inner).toBe(true);
      expect(await redis.get(KEYS.lease)).toBe('a third 9');
    }));

  it('is free where it seems to be held for longer than anybody may hold it: Redis’s clock was set back', () =>
    withTwo(async (one, _, redis) => {
      await redis.set(KEYS.lease, 'a crashed one 9', 'PX', 3_600_000);
      expect(await one.during(async () => {})).toBe('ran');
    }));

  it('is free again 15 seconds after a crash', () =>
    withTwo(async (one, _two, redis) => {
      await one.during(async () => {
        const left = await redis.pttl(KEYS.lease);
        expect(left).toBeGreaterThan(10_000);
        expect(left).toBeLessThanOrEqual(15_000);
      });
    }));
});
