import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LookupOutcome } from '../../src/draw/types.ts';
import { gatherLookUps } from '../../src/github/batch.ts';

const NOBODY: LookupOutcome = { kind: 'no_such_user' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Gathers look-ups for requests that take so long, each waiting so long for others, in milliseconds. */
const gather = (takes: number, wait = 5) => {
  const batches: number[] = [];
  let underWay = 0;
  let most = 0;
  const lookUp = gatherLookUps({
    size: () => 100,
    wait: () => wait,
    ask: async (logins) => {
      batches.push(logins.length);
      underWay++;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, takes));
      underWay--;
      return new Map(logins.map((login) => [login, NOBODY]));
    },
  });
  return { lookUp, batches, most: () => most };
};

describe('look-ups are gathered', () => {
  it.each([
    [200, 5, 3000],
    [1000, 5, 2500],
    [10, 250, 2500],
    [200, 250, 2500],
  ])('so that of 10,000 within ten minutes, at a GitHub of %i ms, several go together', async (takes, wait, atMost) => {
    const { lookUp, batches } = gather(takes, wait);
    const outcomes: Promise<LookupOutcome>[] = [];
    for (let index = 0; index < 10_000; index++) {
      outcomes.push(lookUp(`user${index}`));
      await vi.advanceTimersByTimeAsync(60);
    }
    await vi.advanceTimersByTimeAsync(5000);
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set([NOBODY]));
    expect(batches.length).toBeLessThanOrEqual(atMost);
  });

  it('and one alone is held up for no longer than it is to be', async () => {
    const { lookUp, batches } = gather(100);
    void lookUp('ada');
    await vi.advanceTimersByTimeAsync(5);
    expect(batches).toEqual([1]);
  });

  it('and no longer than a quarter of a second behind a slow request', async () => {
    const { lookUp, batches } = gather(2000);
    void lookUp('ada');
    await vi.advanceTimersByTimeAsync(5);
    void lookUp('grace');
    await vi.advanceTimersByTimeAsync(249);
    expect(batches).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches).toEqual([1, 1]);
  });

  it('into four requests at once; whoever has no turn within 30 seconds is told to try again', async () => {
    const { lookUp, batches, most } = gather(3000);
    const outcomes = Array.from({ length: 10_000 }, (_, index) => lookUp(`user${index}`));
    await vi.advanceTimersByTimeAsync(60_000);
    const kinds = (await Promise.all(outcomes)).map(({ kind }) => kind);
    expect(most()).toBe(4);
    expect(batches).toEqual(Array(40).fill(100));
    expect(kinds).toEqual([...Array(4000).fill('no_such_user'), ...Array(6000).fill('unreachable')]);
  });
});
