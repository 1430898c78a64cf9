import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LookupOutcome } from '../../src/draw/types.ts';
import {
  answers,
  Clock,
  clientOf,
  graphql,
  NOT_FOUND,
  standInForEach,
  user,
  userJson,
} from '../support/stand-ins/github-api.ts';
import { DOCUMENTED_USER } from '../support/stand-ins/github-user.ts';

const standIn = standInForEach();

const TOKEN = { token: 'ghp_abc' };

const asked = (): string[] => standIn.requests.map(({ path, logins }) => (logins ? logins.join() : path)).toSorted();

/** Looks all of them up at once, with a client of its own. */
const lookUpAtOnce = async (...logins: string[]): Promise<LookupOutcome[]> => {
  const { github } = clientOf(standIn, TOKEN);
  const outcomes = await Promise.all(logins.map((login) => github.lookUp(login)));
  await github.close();
  return outcomes;
};

describe('look-ups of several users at once', () => {
  it('are one request', async () => {
    expect(await lookUpAtOnce('ada', 'grace', 'ada', 'linus')).toMatchObject([
      { kind: 'found', profile: { login: 'ada', name: 'The ada' } },
      { kind: 'found', profile: { login: 'grace', name: 'The grace' } },
      { kind: 'found', profile: { login: 'ada', name: 'The ada' } },
      { kind: 'found', profile: { login: 'linus', name: 'The linus' } },
    ]);
    expect(standIn.requests).toMatchObject([
      { path: '/graphql', logins: ['ada', 'grace', 'linus'], headers: { authorization: 'Bearer ghp_abc' } },
    ]);
  });

  it('are 100 requests for 10,000 users', async () => {
    const logins = Array.from({ length: 10_000 }, (_, index) => `user${index}`);
    // However busy the machine is that the test runs on.
    const { github } = clientOf(standIn, { ...TOKEN, timeout: 20_000 });
    const outcomes = await Promise.all(logins.map((login) => github.lookUp(login)));
    await github.close();
    expect(outcomes.map((outcome) => outcome.kind === 'found' && outcome.profile.login)).toEqual(logins);
    expect(standIn.requests.length).toBeLessThanOrEqual(105);
  });

  it('are one request each without a token', async () => {
    const { github } = clientOf(standIn);
    await Promise.all(['ada', 'grace'].map((login) => github.lookUp(login)));
    expect(asked()).toEqual(['/users/ada', '/users/grace']);
    await github.close();
  });

  it('go to the GraphQL of GitHub Enterprise Server', async () => {
    const { github } = clientOf(standIn, { ...TOKEN, apiUrl: `${standIn.url}/api/v3` });
    await Promise.all(['ada', 'grace'].map((login) => github.lookUp(login)));
    expect(standIn.requests.map(({ path }) => path)).toEqual(['/api/graphql']);
    await github.close();
  });

  it('go together with those that come while a request is under way', async () => {
    const { github } = clientOf(standIn, TOKEN);
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    standIn.answer = async (response, login) => {
      await answered;
      user(login)(response, login);
    };
    const first = github.lookUp('ada');
    await expect.poll(asked).toEqual(['/users/ada']);
    const others = [github.lookUp('grace'), github.lookUp('linus')];
    answer();
    expect((await Promise.all([first, ...others])).map(({ kind }) => kind)).toEqual(['found', 'found', 'found']);
    expect(asked()).toEqual(['/users/ada', 'grace,linus']);
    await github.close();
  });
});

describe('who is found with others', () => {
  it('is cached as REST tells of them', async () => {
    const { public_repos, public_gists, followers, following, ...rest } = DOCUMENTED_USER;
    standIn.graphql = graphql((login) => JSON.stringify(login === 'octocat' ? DOCUMENTED_USER : { login }));
    const { github } = clientOf(standIn, TOKEN);
    const [found] = await Promise.all([github.lookUp('octocat'), github.lookUp('hubot')]);
    const json = found?.kind === 'found' ? found.json : '';
    const url = (path: string): string => path.replace('https://api.github.com', standIn.url);
    const expected = Object.entries(rest).map(([key, value]) => [key, typeof value === 'string' ? url(value) : value]);
    expect(Object.entries(JSON.parse(json))).toEqual(expected);
    await github.close();
  });

  it('has nothing where they say nothing of themselves, as by REST', async () => {
    standIn.graphql = graphql((login) =>
      userJson(login, { name: null, company: null, blog: null, location: null, bio: null, twitter_username: '' }),
    );
    const [found] = await lookUpAtOnce('ada', 'grace');
    expect(JSON.parse(found?.kind === 'found' ? found.json : '')).toMatchObject({
      name: null,
      company: null,
      blog: '',
      location: null,
      bio: null,
      twitter_username: null,
    });
    expect(found).toMatchObject({ profile: { login: 'ada', name: 'ada' } });
  });
});

describe('who is not found with others', () => {
  it('is asked for by REST, and may be there', async () => {
    standIn.graphql = graphql((login) => (login === 'hidden' || login === 'typo' ? undefined : userJson(login)));
    standIn.answer = (response, login) => (login === 'typo' ? NOT_FOUND : user(login))(response, login);
    const kinds = (await lookUpAtOnce('ada', 'hidden', 'typo')).map(({ kind }) => kind);
    expect(kinds).toEqual(['found', 'found', 'no_such_user']);
    expect(asked()).toEqual(['/users/hidden', '/users/typo', 'ada,hidden,typo']);
  });

  it('is told apart from an organisation, which needs no REST, and both are remembered for a minute', async () => {
    standIn.graphql = graphql((login) => (login === 'typo' ? undefined : userJson(login, { type: 'Organization' })));
    standIn.answer = NOT_FOUND;
    const { github, clock } = clientOf(standIn, TOKEN);
    const both = async (): Promise<string[]> =>
      (await Promise.all(['company', 'typo'].map((login) => github.lookUp(login)))).map(({ kind }) => kind);
    expect(await both()).toEqual(['organisation', 'no_such_user']);
    expect(await both()).toEqual(['organisation', 'no_such_user']);
    expect(asked()).toEqual(['/users/typo', 'company,typo']);
    clock.time += 60_000;
    expect(await both()).toEqual(['organisation', 'no_such_user']);
    expect(standIn.requests).toHaveLength(4);
    await github.close();
  });

  const ADA = { __typename: 'User', login: 'ada' };
  const problem = (type: string) => [{ type, path: ['u1'], locations: [], message: 'Could not resolve to a User.' }];

  it.each([
    ['an error says so', { data: { u0: null, u1: null }, errors: problem('NOT_FOUND') }],
    ['GitHub refuses to tell', { data: { u0: null, u1: null }, errors: problem('FORBIDDEN') }],
    ['GitHub answers for somebody else', { data: { u0: { ...ADA, login: 'eve' }, u1: { ...ADA, login: 'eve' } } }],
    ['something is missing', { data: { u0: ADA, u1: ADA } }],
    ['it is neither a user nor an organisation', { data: { u0: { __typename: 'Bot', login: 'ada' } } }],
    ['there are no data', { data: null, errors: problem('INTERNAL') }],
    ['the query is refused', { errors: [{ message: 'Field does not exist', extensions: { code: 'undefinedField' } }] }],
  ])('is asked for by REST when %s', async (_what, body) => {
    standIn.graphql = answers(200, JSON.stringify(body));
    expect((await lookUpAtOnce('ada', 'grace')).map(({ kind }) => kind)).toEqual(['found', 'found']);
    expect(asked()).toEqual(['/users/ada', '/users/grace', 'ada,grace']);
  });
});

describe('a user alone', () => {
  it('is asked for with those who come soon after, once half of REST’s limit is used', async () => {
    standIn.answer = (response, login) => user(login, {}, left(2499))(response, login);
    const { github } = clientOf(standIn, TOKEN);
    await github.lookUp('octocat');
    const first = github.lookUp('ada');
    await pause(50);
    expect((await Promise.all([first, github.lookUp('grace')])).map(({ kind }) => kind)).toEqual(['found', 'found']);
    expect(asked()).toEqual(['/users/octocat', 'ada,grace']);
    await github.close();
  });

  const left = (remaining: number) => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': new Clock().seconds(1800),
  });

  it.each([
    ['while half of REST’s limit is left', 2500, undefined, '/users/linus'],
    ['then by GraphQL', 2499, undefined, 'linus'],
    ['while that has more left', 2400, 2401, 'linus'],
    ['and by REST where it has less', 2400, 2399, '/users/linus'],
  ])('goes by REST, %s', async (_what, rest, points, expected) => {
    standIn.answer = (response, login) => user(login, {}, left(rest))(response, login);
    if (points !== undefined) standIn.graphql = graphql((login) => userJson(login), left(points));
    const { github } = clientOf(standIn, TOKEN);
    await github.lookUp('octocat');
    if (points !== undefined) await Promise.all([github.lookUp('ada'), github.lookUp('grace')]);
    expect(await github.lookUp('linus')).toMatchObject({ kind: 'found', profile: { login: 'linus' } });
    expect(asked()).toContain(expected);
    await github.close();
  });
});
