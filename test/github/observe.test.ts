import { describe, expect, it } from 'vitest';
import { answers, clientOf, NOT_FOUND, reset, standInForEach, user } from '../support/stand-ins/github-api.ts';

const standIn = standInForEach();

describe('whoever watches', () => {
  it('is told of each look-up for which GitHub was asked, once, by its outcome', async () => {
    const told: string[] = [];
    const { github } = clientOf(standIn, { observe: (api, outcome) => told.push(`${api} ${outcome}`) });
    await Promise.all([github.lookUp('octocat'), github.lookUp('octocat')]);
    standIn.answer = NOT_FOUND;
    await github.lookUp('nobody');
    // Remembered: GitHub is not asked.
    await github.lookUp('nobody');
    standIn.answer = user('acme', { type: 'Organization' });
    await github.lookUp('acme');
    standIn.answer = reset;
    await github.lookUp('ken');
    standIn.answer = answers(401, '{}');
    await expect(github.lookUp('ada')).rejects.toThrow('GITHUB_TOKEN');
    standIn.answer = answers(429, '{}', { 'retry-after': '60' });
    await github.lookUp('grace');
    await github.lookUp('linus');
    expect(told).toEqual([
      'rest found',
      'rest no_such_user',
      'rest organisation',
      'rest unreachable',
      'rest token_refused',
      'rest limited',
    ]);
    await github.close();
  });

  it('sees what is left of the limit, once GitHub has said', async () => {
    const { github, clock } = clientOf(standIn);
    await github.lookUp('octocat');
    expect(github.allowances()).toEqual({});
    const headers = {
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '42',
      'x-ratelimit-reset': clock.seconds(90),
    };
    standIn.answer = user('ada', {}, headers);
    await github.lookUp('ada');
    expect(github.allowances()).toEqual({
      rest: { limit: 60, remaining: 42, until: new Date(clock.time + 90_000) },
    });
    await github.close();
  });
});
