import { describe, expect, it } from 'vitest';
import type { LookupOutcome } from '../../src/draw/types.ts';
import type { GitHub } from '../../src/github/client.ts';
import {
  type Answer,
  answers,
  Clock,
  clientOf,
  graphql,
  standInForEach,
  user,
  userJson,
} from '../support/stand-ins/github-api.ts';

const standIn = standInForEach();

const { time: NOW } = new Clock();
const later = (seconds: number): Date => new Date(NOW + seconds * 1000);
const spent = (seconds: number) => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': new Clock().seconds(seconds),
});
const left = (remaining: number, seconds: number) => ({
  ...spent(seconds),
  'x-ratelimit-remaining': String(remaining),
});

const EXCEEDED = 'API rate limit already exceeded for user ID 1.';
const SECONDARY = '{"message":"You have exceeded a secondary rate limit."}';
const error = (type: string, more = {}) => JSON.stringify({ ...more, errors: [{ type, message: EXCEEDED }] });
const restLimited = (seconds: number): Answer => answers(403, `{"message":"${EXCEEDED}"}`, spent(seconds));
const graphqlLimited = (seconds: number): Answer => answers(200, error('RATE_LIMITED'), spent(seconds));

const client = (options: Parameters<typeof clientOf>[1] = {}) => clientOf(standIn, { token: 'ghp_abc', ...options });
const both = (github: GitHub): Promise<LookupOutcome[]> =>
  Promise.all(['ada', 'grace'].map((login) => github.lookUp(login)));
const kinds = (outcomes: readonly LookupOutcome[]): string[] => outcomes.map(({ kind }) => kind);
/** How many requests each API got. */
const asked = () => {
  const rest = standIn.requests.filter(({ path }) => path.startsWith('/users/')).length;
  return { rest, graphql: standIn.requests.length - rest };
};

describe('only GraphQL limits look-ups', () => {
  it.each([
    ['as it is documented', graphqlLimited(1800), 1800],
    ['as it is named since', answers(200, error('RATE_LIMIT', { data: null }), spent(900)), 900],
    ['by a secondary limit, 200', answers(200, `{"errors":[${SECONDARY}]}`, { 'retry-after': '30' }), 30],
    ['by a secondary limit, 403', answers(403, SECONDARY, { 'retry-after': '45' }), 45],
    ['by a secondary limit that says no time', answers(403, SECONDARY), 60],
  ])('%s: each goes by REST until that is over', async (_what, answer, seconds) => {
    standIn.graphql = answer;
    const { github, clock, lines } = client();
    expect(kinds(await both(github))).toEqual(['found', 'found']);
    expect(asked()).toEqual({ rest: 2, graphql: 1 });
    clock.time += seconds * 1000 - 1;
    expect(kinds(await both(github))).toEqual(['found', 'found']);
    expect(asked()).toEqual({ rest: 4, graphql: 1 });
    expect(lines).toEqual([expect.stringContaining('"api":"graphql"')]);
    expect(lines.join()).not.toContain('ghp_abc');

    clock.time += 1;
    standIn.graphql = graphql((login) => userJson(login));
    expect(kinds(await both(github))).toEqual(['found', 'found']);
    expect(asked()).toEqual({ rest: 4, graphql: 2 });
    await github.close();
  });
});

describe('only REST limits look-ups', () => {
  it('one alone goes by GraphQL, from the very first on', async () => {
    standIn.answer = restLimited(1800);
    const { github, lines } = client();
    expect(await github.lookUp('ada')).toMatchObject({ kind: 'found' });
    expect(asked()).toEqual({ rest: 1, graphql: 1 });
    expect(await github.lookUp('grace')).toMatchObject({ kind: 'found' });
    expect(asked()).toEqual({ rest: 1, graphql: 2 });
    expect(lines).toEqual([expect.stringContaining('"api":"rest"')]);
    await github.close();
  });

  it('whom GraphQL does not know can be asked for when REST answers again', async () => {
    standIn.answer = restLimited(1800);
    standIn.graphql = graphql((login) => (login === 'grace' ? undefined : userJson(login)));
    const { github } = client();
    expect(await both(github)).toMatchObject([{ kind: 'found' }, { kind: 'limited', until: later(1800) }]);
    expect(await github.lookUp('grace')).toEqual({ kind: 'limited', until: later(1800) });
    expect(asked().rest).toBe(1);
    await github.close();
  });
});

describe('both limit look-ups', () => {
  it.each([
    ['GraphQL', 1800, 900],
    ['REST', 900, 1800],
  ])('so neither is asked until the first of them answers again, %s', async (_which, rest, points) => {
    standIn.answer = restLimited(rest);
    standIn.graphql = graphqlLimited(points);
    const { github, clock } = client();
    const limited = { kind: 'limited', until: later(900) };
    expect(await both(github)).toEqual([limited, limited]);
    const before = asked();
    clock.time += 899_999;
    expect(await both(github)).toEqual([limited, limited]);
    expect(asked()).toEqual(before);

    clock.time += 1;
    standIn.answer = (response, login) => user(login)(response, login);
    standIn.graphql = graphql((login) => userJson(login));
    expect(kinds(await both(github))).toEqual(['found', 'found']);
    await github.close();
  });
});

describe('what is left of each', () => {
  it('is told, and forgotten when GitHub counts anew', async () => {
    standIn.answer = (response, login) => user(login, {}, left(4321, 100))(response, login);
    standIn.graphql = graphql((login) => userJson(login), left(4990, 200));
    const { github, clock } = client();
    expect(github.allowances()).toEqual({});
    await github.lookUp('octocat');
    const rest = { limit: 5000, remaining: 4321, until: later(100) };
    const points = { limit: 5000, remaining: 4990, until: later(200) };
    expect(github.allowances()).toEqual({ rest });
    await both(github);
    expect(github.allowances()).toEqual({ rest, graphql: points });
    clock.time += 100_000;
    expect(github.allowances()).toEqual({ graphql: points });
    await github.close();
  });

  it('of REST is kept for those who have not missed, as whoever is nobody is asked for by REST', async () => {
    standIn.answer = (response, login) => user(login, {}, left(1250, 1800))(response, login);
    const { github } = client();
    await github.lookUp('octocat');
    const outcomes = await Promise.all([github.lookUp('ada', later(500)), github.lookUp('grace')]);
    expect(outcomes).toMatchObject([{ kind: 'limited', until: later(500) }, { kind: 'found' }]);
    await github.close();
  });
});

describe('whoever watches', () => {
  it('is told how each look-up went, and by which API', async () => {
    const told: string[] = [];
    const { github } = client({ observe: (api, outcome) => void told.push(`${api} ${outcome}`) });
    const isThere = (login: string): boolean => login !== 'typo';
    standIn.graphql = graphql((login) => (isThere(login) ? userJson(login) : undefined));
    standIn.answer = (response, login) => (isThere(login) ? user(login) : answers(404, '{}'))(response, login);
    await github.lookUp('octocat');
    await Promise.all(['ada', 'typo'].map((login) => github.lookUp(login)));
    await github.lookUp('typo');
    expect(told.splice(0)).toEqual(['rest found', 'graphql found', 'rest no_such_user']);
    standIn.graphql = graphqlLimited(60);
    await both(github);
    expect(told).toEqual(['graphql limited', 'rest found', 'rest found']);
    await github.close();
  });
});
