import { describe, expect, it } from 'vitest';
import { answers, Clock, clientOf, NOT_FOUND, standInForEach, user } from '../support/stand-ins/github-api.ts';

const standIn = standInForEach();

const { time: NOW } = new Clock();
const EXCEEDED = '{"message":"API rate limit exceeded for 192.0.2.1."}';
const SECONDARY = '{"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}';
const at = (later: number): string => new Clock().seconds(later);

describe('GitHub limits look-ups', () => {
  it.each([
    ['403, none left until', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(1800) }, EXCEEDED, 1800],
    ['429, none left until', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(900) }, EXCEEDED, 900],
    ['403, none left, said in no words', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(9) }, '', 9],
    ['403, none left, no time given', 403, { 'x-ratelimit-remaining': '0' }, EXCEEDED, 60],
    ['403, none left, a nonsensical time', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'x' }, '', 60],
    [
      '403, none left until a time that is over',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      '',
      1,
    ],
    ['403, a secondary limit for so long', 403, { 'retry-after': '30', 'x-ratelimit-remaining': '58' }, SECONDARY, 30],
    ['429, a secondary limit for so long', 429, { 'retry-after': '120' }, SECONDARY, 120],
    [
      '403, both: the wait that is asked for',
      403,
      { 'retry-after': '45', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(3600) },
      SECONDARY,
      45,
    ],
    ['403, a secondary limit, no time given', 403, { 'x-ratelimit-remaining': '58' }, SECONDARY, 60],
    [
      '403, some left: the reset does not count',
      403,
      { 'x-ratelimit-remaining': '58', 'x-ratelimit-reset': at(3600) },
      SECONDARY,
      60,
    ],
    ['429 with nothing more', 429, {}, '', 60],
    ['429 with a date', 429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, '', 60],
  ])('%s', async (_what, status, headers, body, seconds) => {
    standIn.answer = answers(status, body, headers);
    const { github, lines } = clientOf(standIn);
    expect(await github.lookUp('octocat')).toEqual({ kind: 'limited', until: new Date(NOW + seconds * 1000) });
    expect(lines).toHaveLength(1);
    await github.close();
  });

  it('so it is not asked until then, by nobody, and then it is', async () => {
    standIn.answer = answers(403, EXCEEDED, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(1800) });
    const { github, clock, lines } = clientOf(standIn);
    const limited = { kind: 'limited', until: new Date(NOW + 1_800_000) };
    expect(await github.lookUp('octocat')).toEqual(limited);
    clock.time += 1_799_999;
    expect(await github.lookUp('octocat')).toEqual(limited);
    expect(await Promise.all(Array.from({ length: 20 }, (_, index) => github.lookUp(`user${index}`)))).toEqual(
      Array(20).fill(limited),
    );
    expect(standIn.requests).toHaveLength(1);
    expect(lines).toHaveLength(1);

    clock.time += 1;
    standIn.answer = user('octocat');
    expect(await github.lookUp('octocat')).toMatchObject({ kind: 'found' });
    expect(standIn.requests).toHaveLength(2);
    await github.close();
  });

  it('but what was not found a moment ago is known all the same', async () => {
    standIn.answer = NOT_FOUND;
    const { github } = clientOf(standIn);
    await github.lookUp('typo');
    standIn.answer = answers(429, '', { 'retry-after': '30' });
    expect(await github.lookUp('octocat')).toMatchObject({ kind: 'limited' });
    expect(await github.lookUp('typo')).toEqual({ kind: 'no_such_user' });
    await github.close();
  });

  describe('and few are left', () => {
    const left = (remaining: number, limit = 60, reset = 1800) =>
      user(
        'octocat',
        {},
        {
          'x-ratelimit-limit': String(limit),
          'x-ratelimit-remaining': String(remaining),
          'x-ratelimit-reset': at(reset),
        },
      );
    const later = (seconds: number): Date => new Date(NOW + seconds * 1000);

    it.each([
      ['the last quarter', 15, 60, true],
      ['the last quarter, with a token', 1250, 5000, true],
      ['none at all', 0, 60, true],
      ['more than that', 16, 60, false],
      ['more than that, with a token', 1251, 5000, false],
    ])('%s: whoever has missed waits, and nobody else', async (_what, remaining, limit, isKept) => {
      standIn.answer = left(remaining, limit);
      const { github } = clientOf(standIn);
      expect(await github.lookUp('octocat', later(500))).toMatchObject({ kind: 'found' });
      const outcome = await github.lookUp('octocat', later(500));
      expect(outcome).toMatchObject(isKept ? { kind: 'limited', until: later(500) } : { kind: 'found' });
      expect(standIn.requests).toHaveLength(isKept ? 1 : 2);
      expect(await github.lookUp('octocat')).toMatchObject({ kind: 'found' });
      await github.close();
    });

    it('until GitHub counts anew, or the misses are forgotten, whichever is sooner', async () => {
      standIn.answer = left(3, 60, 100);
      const { github, clock } = clientOf(standIn);
      await github.lookUp('octocat');
      expect(await github.lookUp('octocat', later(500))).toEqual({ kind: 'limited', until: later(100) });
      expect(await github.lookUp('octocat', later(50))).toEqual({ kind: 'limited', until: later(50) });
      clock.time += 100_000;
      expect(await github.lookUp('octocat', later(500))).toMatchObject({ kind: 'found' });
      await github.close();
    });

    it('who asks for what is being looked up anyway does not wait', async () => {
      standIn.answer = left(3);
      const { github } = clientOf(standIn);
      await github.lookUp('octocat');
      const both = await Promise.all([github.lookUp('octocat'), github.lookUp('octocat', later(500))]);
      expect(both.map(({ kind }) => kind)).toEqual(['found', 'found']);
      expect(standIn.requests).toHaveLength(2);
      await github.close();
    });
  });

  it('and a wait beyond all reason is an answer too', async () => {
    standIn.answer = answers(429, '', { 'retry-after': '9000000000000' });
    const { github } = clientOf(standIn);
    const outcome = await github.lookUp('octocat');
    expect(outcome).toMatchObject({ kind: 'limited' });
    expect(outcome.kind === 'limited' && Number.isFinite(outcome.until.getTime())).toBe(true);
    await github.close();
  });
});
