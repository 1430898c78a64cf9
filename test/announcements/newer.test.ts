import type { Redis } from 'ioredis';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChannelErrors, readChannelProblems } from '../../src/announcements/channel-errors.ts';
import { Lease, type Turn } from '../../src/announcements/lease.ts';
import { Deliveries } from '../../src/announcements/store.ts';
import { Unreadable } from '../../src/draw/unreadable.ts';
import { refusal } from '../support/announcements/channel.ts';
import { KEYS } from '../support/announcements/publishing.ts';
import { NO_SETTINGS } from '../support/announcements/settings.ts';
import { mockRedis } from '../support/redis.ts';

describe('what a newer version keeps', () => {
  let redis: Redis;
  const { messages } = KEYS.draw('draw-1');
  const { channelErrors } = KEYS;

  beforeEach(() => {
    redis = mockRedis();
  });
  const inTurn = async <T>(work: (turn: Turn) => Promise<T>): Promise<T> => {
    const results: T[] = [];
    await new Lease(redis, KEYS, NO_SETTINGS).during(async (turn) => void results.push(await work(turn)));
    const [result] = results;
    if (result === undefined) throw new Error('There was no turn.');
    return result;
  };
  const load = (turn: Turn): Promise<Deliveries> => Deliveries.load(redis, KEYS, 'draw-1', turn);
  const kept = async (hash: string, field: string): Promise<unknown> =>
    JSON.parse((await redis.hget(hash, field)) ?? 'null');

  it('of a message beside what this one knows stays when that is written anew', async () => {
    await redis.hset(messages, 'draw', JSON.stringify({ ts: '1.0', digest: 'a', updatedAt: 1, newer: ['kept'] }));
    await inTurn(async (turn) => {
      await (await load(turn)).put('draw', { ts: '1.0', digest: 'b', updatedAt: 2 });
      // Not what this version took away itself.
      await (await load(turn)).put('draw', { digest: '', updatedAt: 2, pendingSince: 3 });
      await (await load(turn)).put('draw', { ts: '2.0', digest: 'c', updatedAt: 4 });
      return true;
    });
    expect(await kept(messages, 'draw')).toEqual({ ts: '2.0', digest: 'c', updatedAt: 4, newer: ['kept'] });
  });

  it('of a sweep stays, too', async () => {
    await redis.hset(messages, 'sweep', JSON.stringify({ since: 1, at: 2, more: 1, newer: 'kept' }));
    await inTurn((turn) => load(turn).then((state) => state.planSweep({ since: 1, at: 9, more: 0 }).then(() => true)));
    expect(await kept(messages, 'sweep')).toEqual({ since: 1, at: 9, more: 0, newer: 'kept' });
  });

  it.each([
    ['another message', 'thanks 1', '{"to":"everybody"}'],
    ['another message, in no form at all', 'thanks 1', 'yes'],
    ['a sweep of another kind', 'sweep', '{"when":"later"}'],
  ])('as %s is passed over, and stays', async (_what, field, json) => {
    await redis.hset(messages, field, json, 'draw', JSON.stringify({ ts: '1.0', digest: 'a', updatedAt: 1 }));
    await inTurn(async (turn) => {
      const deliveries = await load(turn);
      expect([...deliveries.parts.keys()]).toEqual(['draw']);
      expect(deliveries.sweep).toBeUndefined();
      // Nobody takes it away as one that is there twice.
      if (field !== 'sweep') expect(deliveries.get(field)?.pendingSince).toBeDefined();
      await deliveries.put('draw', { ts: '1.0', digest: 'b', updatedAt: 2 });
      return true;
    });
    expect(await redis.hget(messages, field)).toBe(json);
  });

  it.each(['draw', 'drawing 0a1b', 'winners 12'])('of %s in another form is never taken for nothing', async (part) => {
    await redis.hset(messages, part, '{"channel":"C1","ts":"1.0"}');
    await inTurn(async (turn) => {
      const deliveries = await load(turn);
      expect(() => deliveries.get(part)).toThrow(Unreadable);
      return true;
    });
  });

  it.each([
    ['another concern', 'C1 telling winners', '{"problem":"No.","since":1,"tries":1,"tryAt":2}'],
    ['another form', 'C1 posting', '{"problem":{"code":7}}'],
    ['no form at all', 'C1 looking up', 'no JSON'],
  ])('of a channel’s trouble in %s is passed over, and stays', async (_what, field, json) => {
    await redis.hset(channelErrors, field, json);
    const state = { problem: 'Archived.', since: 1, tries: 1, tryAt: 2 };
    await redis.hset(channelErrors, 'C2 posting', JSON.stringify(state));
    expect(await readChannelProblems(redis, KEYS)).toEqual([{ channel: 'C2', problem: 'Archived.' }]);
    await inTurn(async (turn) => {
      const errors = await ChannelErrors.load(redis, KEYS, turn);
      expect(errors.left('C1', 'posting', 1, false)).toBe(0);
      expect(await errors.works('C1', 'posting')).toBe(false);
      return true;
    });
    expect(await redis.hget(channelErrors, field)).toBe(json);
  });

  it('of a channel’s trouble beside what this one knows stays when it fails again', async () => {
    const state = { problem: 'Archived.', since: 1, tries: 1, tryAt: 2, isAsked: false, newer: 'kept' };
    await redis.hset(channelErrors, 'C1 posting', JSON.stringify(state));
    await inTurn((turn) =>
      ChannelErrors.load(redis, KEYS, turn).then((errors) => errors.failed('C1', 'posting', refusal('Still.'), 1_000)),
    );
    expect(await kept(channelErrors, 'C1 posting')).toMatchObject({ problem: 'Still.', tries: 2, newer: 'kept' });
  });
});
