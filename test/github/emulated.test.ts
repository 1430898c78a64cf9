import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGitHub, type GitHub } from '../../src/github/client.ts';
import { createLog } from '../../src/log.ts';
import { type Behaviour, startGitHub, type TestGitHub } from '../support/github.ts';

let emulated: TestGitHub;
let github: GitHub;

beforeAll(async () => {
  emulated = await startGitHub();
});
afterAll(() => emulated.close());
afterEach(async () => {
  emulated.heal();
  emulated.requests.length = 0;
  await github.close();
});

/** A client that has asked nothing yet. */
function client(token?: string): GitHub {
  github = createGitHub({ apiUrl: emulated.url, token, log: createLog('silent', []) });
  return github;
}

describe('each outcome of a look-up, with answers as GitHub gives them', () => {
  it('a user, in any case of letters, with the JSON as received', async () => {
    const found = await client().lookUp('donald-knuth');
    const received = await request(`${emulated.url}/users/donald-knuth`);
    expect(found).toEqual({
      kind: 'found',
      profile: { login: 'Donald-Knuth', name: 'Donald Knuth', avatarUrl: expect.stringMatching(/^https?:\/\/\S+$/) },
      json: await received.body.text(),
    });
  });

  it('a user without a name', async () => {
    expect(await client().lookUp('no-name')).toMatchObject({ kind: 'found', profile: { name: 'no-name' } });
  });

  it('nobody, and an organisation', async () => {
    const outcomes = await Promise.all(['nobody-at-all', 'nodejs'].map((login) => client().lookUp(login)));
    expect(outcomes).toEqual([{ kind: 'no_such_user' }, { kind: 'organisation' }]);
  });

  it('limited until the time that GitHub names', async () => {
    const reset = Math.floor(Date.now() / 1000) + 1800;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    emulated.behave('*', { status: 403, headers });
    const limited = { kind: 'limited', until: new Date(reset * 1000) };
    const one = client();
    expect(await one.lookUp('octocat')).toEqual(limited);
    emulated.heal();
    expect(await one.lookUp('ada')).toEqual(limited);
    expect(emulated.requests).toHaveLength(1);
  });

  it.each<[string, Behaviour]>([
    ['GitHub has a fault', { status: 502 }],
    ['it refuses for a reason of its own', { status: 403 }],
    ['it ends the connection', { reset: true }],
    ['something else answers', { body: '<html>Sign in</html>' }],
  ])('unreachable when %s, and found when that is over', async (_what, behaviour) => {
    emulated.behave('octocat', behaviour);
    const one = client();
    expect(await one.lookUp('octocat')).toEqual({ kind: 'unreachable' });
    expect(await one.lookUp('ada')).toMatchObject({ kind: 'found' });
    emulated.heal();
    expect(await one.lookUp('octocat')).toMatchObject({ kind: 'found' });
  });

  it('a refused token', async () => {
    emulated.behave('*', { status: 401 });
    await expect(client('ghp_abc').lookUp('octocat')).rejects.toThrow('GITHUB_TOKEN');
    expect(emulated.requests).toMatchObject([{ path: '/users/octocat', authorized: true }]);
  });

  it('found, and one request, for 50 who are in a hurry at a slow GitHub', async () => {
    emulated.behave('octocat', { delay: 100 });
    const one = client();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => one.lookUp('octocat')));
    expect(outcomes.every(({ kind }) => kind === 'found')).toBe(true);
    expect(emulated.requests).toMatchObject([{ path: '/users/octocat', authorized: false }]);
  });

  it.each<[string, Behaviour, number]>([
    ['by GraphQL', {}, 1],
    ['by REST, where there is no GraphQL', { status: 404 }, 4],
    ['by REST, where GraphQL limits', { status: 403, headers: { 'retry-after': '60' } }, 4],
  ])('of several users at once, with a token, %s', async (_how, behaviour, requests) => {
    emulated.behave('POST /graphql', behaviour);
    const one = client('ghp_abc');
    const outcomes = await Promise.all(['ada', 'Donald-Knuth', 'github'].map((id) => one.lookUp(id.toLowerCase())));
    expect(outcomes).toMatchObject([
      { kind: 'found', profile: { login: 'ada', name: 'Ada Lovelace' } },
      { kind: 'found', profile: { login: 'Donald-Knuth', name: 'Donald Knuth' } },
      { kind: 'organisation' },
    ]);
    expect(emulated.requests).toHaveLength(requests);
    expect(emulated.requests[0]).toMatchObject({ path: '/graphql', logins: ['ada', 'donald-knuth', 'github'] });
  });
});
