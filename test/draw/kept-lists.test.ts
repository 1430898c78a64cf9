import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listInProcess } from '../../src/draw/fair/entrant-list.ts';
import { KeptLists, type Lists } from '../../src/draw/lists.ts';
import { mockRedis } from '../support/redis.ts';

let kept: KeptLists;

beforeEach(() => {
  vi.useFakeTimers();
  kept = new KeptLists();
});
afterEach(() => {
  vi.useRealTimers();
});

const lists = (): Lists => ({ prizes: [], entrants: listInProcess([]), own: mockRedis(), close: vi.fn() });

it('lists of a pick are handed over once, and not closed: that is up to whoever has them', () => {
  const one = lists();
  kept.keep('one', one);
  expect(kept.take('other')).toBeUndefined();
  expect(kept.take('one')).toBe(one);
  expect(kept.take('one')).toBeUndefined();
  vi.advanceTimersByTime(60_000);
  kept.close();
  expect(one.close).not.toHaveBeenCalled();
});

it('only those of the last pick are kept', () => {
  const [one, other] = [lists(), lists()];
  kept.keep('one', one);
  kept.keep('other', other);
  expect(one.close).toHaveBeenCalledTimes(1);
  expect(kept.take('one')).toBeUndefined();
  expect(kept.take('other')).toBe(other);
});

it.each([
  ['after a while', () => vi.advanceTimersByTime(15_000)],
  ['when the bot stops', () => kept.close()],
])('those that nobody takes are let go %s', (_when, pass) => {
  const one = lists();
  kept.keep('one', one);
  pass();
  expect(one.close).toHaveBeenCalledTimes(1);
  expect(kept.take('one')).toBeUndefined();
});

it('those whose connection was cut watch nothing any more, and must be read again', () => {
  const one = lists();
  kept.keep('one', one);
  one.own.status = 'end';
  expect(kept.take('one')).toBeUndefined();
  expect(one.close).toHaveBeenCalledTimes(1);
});
