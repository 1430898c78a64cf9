import { describe, expect, it } from 'vitest';
import { afterFailure, leftToWait, type RetryState } from '../../src/announcements/backoff.ts';
import { refusal } from '../support/announcements/channel.ts';

/** The states after so many failures, each a second after the channel could be tried again. */
function failures(count: number): RetryState[] {
  const states: RetryState[] = [];
  for (let now = 1_000; states.length < count; now = (states.at(-1)?.tryAt ?? 0) + 1_000) {
    states.push(afterFailure(states.at(-1), refusal('No.'), now));
  }
  return states;
}

describe('after a failure, a channel', () => {
  it('is tried again ever more rarely, at most every five minutes', () => {
    const waits = failures(12).map(({ tryAt, tries }, index, all) => {
      expect(tries).toBe(index + 1);
      return tryAt - (index === 0 ? 1_000 : (all[index - 1]?.tryAt ?? 0) + 1_000);
    });
    expect(waits.map((wait) => wait / 1_000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  it('says since when, and the latest problem', () => {
    const [first] = failures(1);
    expect(afterFailure(first, refusal('Archived.'), 9_000)).toMatchObject({ problem: 'Archived.', since: 1_000 });
  });

  it('is not put off by tries before its time', () => {
    const state = failures(3).at(-1);
    const now = (state?.tryAt ?? 0) - 1_000;
    expect(afterFailure(state, refusal('Archived.'), now)).toEqual({ ...state, problem: 'Archived.' });
    expect(afterFailure(state, refusal('Slow down.', 42_000), now)).toMatchObject({
      tries: 4,
      tryAt: now + 42_000,
      isAsked: true,
    });
  });

  it('is left alone as long as it asks for', () => {
    expect(afterFailure(undefined, refusal('Slow down.', 42_000), 1_000).tryAt).toBe(43_000);
  });

  it('is tried at some time, however often it failed', () => {
    const state: RetryState = { problem: 'No.', since: 0, tries: 1_000_000, tryAt: 0, isAsked: false };
    expect(afterFailure(state, refusal('No.'), 0).tryAt).toBe(300_000);
  });
});

describe('what is left to wait', () => {
  const state = { problem: 'No.', since: 0, tries: 1, tryAt: 10_000, isAsked: false };

  it.each([
    [4_000, 6_000],
    [10_000, 0],
    [12_000, 0],
    // By the clock of another machine.
    [-9_000_000, 300_000],
  ])('at %i is %i', (now, expected) => {
    expect(leftToWait(state, now)).toBe(expected);
  });
});
