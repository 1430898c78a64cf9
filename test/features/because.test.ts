import { describe, expect, it } from 'vitest';
import { parseBecause } from '../../src/slack/because.ts';

describe('a reason at the end of what was typed', () => {
  it.each([
    ['octocat because it is a second account', 'octocat', 'it is a second account'],
    ['octocat', 'octocat', ''],
    ['', '', ''],
    ['because the hall is closed', '', 'the hall is closed'],
    ['octocat BECAUSE  of *that*  ', 'octocat', 'of *that*'],
    ['octocat because', 'octocat', ''],
    ['because because I say so', '', 'because I say so'],
    ['octocat because of this, because of that', 'octocat', 'of this, because of that'],
    ['notbecause of this', 'notbecause of this', ''],
    ['octocat because\nof this', 'octocat', 'of this'],
  ])('is read from “%s”', (typed, before, reason) => {
    expect(parseBecause(typed)).toEqual({ before, reason });
  });
});
