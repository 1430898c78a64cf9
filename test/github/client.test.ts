import { describe, expect, it } from 'vitest';
import {
  answers,
  clientOf,
  drip,
  hang,
  NOT_FOUND,
  reset,
  standInForEach,
  user,
  userJson,
} from '../support/stand-ins/github-api.ts';

const standIn = standInForEach();

describe('a request to GitHub', () => {
  it('has a name, a version and no token when there is none', async () => {
    const { github } = clientOf(standIn);
    await github.lookUp('octocat');
    expect(standIn.requests).toEqual([
      {
        path: '/users/octocat',
        headers: expect.objectContaining({
          'user-agent': 'prizedraw',
          'x-github-api-version': '2022-11-28',
          accept: 'application/vnd.github+json',
        }),
      },
    ]);
    expect(standIn.requests[0]?.headers).not.toHaveProperty('authorization');
    await github.close();
  });

  it('has the token when there is one', async () => {
    const { github } = clientOf(standIn, { token: 'ghp_abc' });
    await github.lookUp('octocat');
    expect(standIn.requests[0]?.headers.authorization).toBe('Bearer ghp_abc');
    await github.close();
  });

  it.each([
    ['', '/users/octocat'],
    ['/', '/users/octocat'],
    ['/api/v3', '/api/v3/users/octocat'],
    ['/api/v3/', '/api/v3/users/octocat'],
  ])('keeps the base path "%s"', async (base, path) => {
    const { github } = clientOf(standIn, { apiUrl: standIn.url + base });
    expect(await github.lookUp('octocat')).toMatchObject({ kind: 'found' });
    expect(standIn.requests.map((request) => request.path)).toEqual([path]);
    await github.close();
  });

  it('reaches no other path, even with a login that should never have come here', async () => {
    const { github } = clientOf(standIn);
    await github.lookUp('../orgs/x?y#z');
    expect(standIn.requests.map(({ path }) => path)).toEqual(['/users/..%2Forgs%2Fx%3Fy%23z']);
    await github.close();
  });

  it('is one for 50 look-ups of one login at once, and another one for each other login', async () => {
    const { github } = clientOf(standIn);
    const logins = [...Array(50).fill('octocat'), 'hubot'];
    const outcomes = await Promise.all(logins.map((login) => github.lookUp(login)));
    expect(outcomes.every(({ kind }) => kind === 'found')).toBe(true);
    expect(standIn.requests.map(({ path }) => path).toSorted()).toEqual(['/users/hubot', '/users/octocat']);
    await github.close();
  });
});

describe('a user who is found', () => {
  it('comes with GitHub’s JSON, byte for byte, even when it arrives in pieces', async () => {
    const json = `{\n  "login": "OctoCat", "name": " Öcto 🐙 \\u0041 ", "type":"User",\t"avatar_url": "https://a.example/1", "x": 1.0 }\n`;
    standIn.answer = (response) => {
      const bytes = Buffer.from(json);
      const middle = bytes.indexOf(Buffer.from('🐙')) + 2;
      response.write(bytes.subarray(0, middle));
      setTimeout(() => response.end(bytes.subarray(middle)), 20);
    };
    const { github } = clientOf(standIn);
    expect(await github.lookUp('octocat')).toEqual({
      kind: 'found',
      profile: { login: 'OctoCat', name: 'Öcto 🐙 A', avatarUrl: 'https://a.example/1' },
      json,
    });
    await github.close();
  });

  it.each([
    ['no name', { name: null }, { name: 'octocat' }],
    ['a blank name', { name: ' \t' }, { name: 'octocat' }],
    ['a name that is none', { name: 7 }, { name: 'octocat' }],
    ['no avatar', { avatar_url: undefined }, { avatarUrl: 'https://github.com/octocat.png' }],
    ['an avatar that is none', { avatar_url: 'javascript:alert(1)' }, { avatarUrl: 'https://github.com/octocat.png' }],
  ])('with %s is shown all the same', async (_what, given, shown) => {
    standIn.answer = user('octocat', given);
    const { github } = clientOf(standIn);
    expect(await github.lookUp('octocat')).toMatchObject({ kind: 'found', profile: { login: 'octocat', ...shown } });
    await github.close();
  });

  it('is not remembered in the process', async () => {
    const { github } = clientOf(standIn);
    await github.lookUp('octocat');
    standIn.answer = user('octocat', { name: 'Renamed' });
    expect(await github.lookUp('octocat')).toMatchObject({ profile: { name: 'Renamed' } });
    expect(standIn.requests).toHaveLength(2);
    await github.close();
  });
});

describe('who cannot enter', () => {
  it.each([
    ['nobody', NOT_FOUND, 'no_such_user'],
    ['an organisation', user('octocat', { type: 'Organization' }), 'organisation'],
  ])('%s is remembered for a minute, and then asked for again', async (_what, answer, kind) => {
    standIn.answer = answer;
    const { github, clock } = clientOf(standIn);
    expect(await github.lookUp('octocat')).toEqual({ kind });
    clock.time += 59_999;
    expect(await github.lookUp('octocat')).toEqual({ kind });
    expect(standIn.requests).toHaveLength(1);
    expect(await github.lookUp('hubot')).not.toBeUndefined();
    expect(standIn.requests).toHaveLength(2);

    clock.time += 1;
    standIn.answer = user('octocat');
    expect(await github.lookUp('octocat')).toMatchObject({ kind: 'found' });
    expect(standIn.requests).toHaveLength(3);
    await github.close();
  });
});

describe('GitHub cannot be reached', () => {
  it.each([
    ['500', answers(500, '{}')],
    ['502 with HTML', answers(502, '<html>Bad gateway</html>')],
    ['503', answers(503, '')],
    ['a redirection', answers(301, '', { location: '/users/hubot' })],
    ['403 for another reason', answers(403, '{"message":"Forbidden"}', { 'x-ratelimit-remaining': '59' })],
    ['400', answers(400, '{}')],
    ['a connection that ends', reset],
    ['an empty answer', answers(200, '')],
    ['HTML, as a hotel’s network answers', answers(200, '<html>Welcome! Sign in to use the Wi-Fi.</html>')],
    ['JSON that is no user', answers(200, '{"message":"hello"}')],
    ['a list', answers(200, `[${userJson('octocat')}]`)],
    ['null', answers(200, 'null')],
    ['a user without a type', answers(200, '{"login":"octocat"}')],
    ['somebody else', user('hubot')],
    ['half an answer', answers(200, userJson('octocat').slice(0, -5))],
    ['an answer that is far too long', user('octocat', { bio: 'x'.repeat(300_000) })],
  ])('when it answers with %s; that is not remembered', async (_what, answer) => {
    standIn.answer = answer;
    const { github } = clientOf(standIn);
    expect(await github.lookUp('octocat')).toEqual({ kind: 'unreachable' });
    const asked = standIn.requests.length;
    standIn.answer = user('octocat');
    expect(await github.lookUp('octocat')).toMatchObject({ kind: 'found' });
    expect(standIn.requests).toHaveLength(asked + 1);
    expect(asked).toBe(1);
    await github.close();
  });

  it('when nothing is there, and the log says why', async () => {
    const { github, lines } = clientOf(standIn, { token: 'ghp_abc' });
    await standIn.close();
    expect(await github.lookUp('octocat')).toEqual({ kind: 'unreachable' });
    expect(lines).toEqual([expect.stringMatching(/"login":"octocat".*ECONNREFUSED/)]);
    expect(lines.join()).not.toContain('ghp_abc');
    await github.close();
  });

  it('when it does not answer within 3 seconds, or begins and never ends', async () => {
    standIn.answer = (response, login) => (login === 'hang' ? hang(response, login) : drip(response, login));
    const { github } = clientOf(standIn);
    const begun = performance.now();
    expect(await Promise.all([github.lookUp('hang'), github.lookUp('drip')])).toEqual([
      { kind: 'unreachable' },
      { kind: 'unreachable' },
    ]);
    const took = performance.now() - begun;
    expect(took).toBeGreaterThan(2500);
    expect(took).toBeLessThan(6_000);
    standIn.answer = user('hang');
    expect(await github.lookUp('hang')).toMatchObject({ kind: 'found' });
    await github.close();
  });

  it('when the bot itself is ending', async () => {
    standIn.answer = hang;
    const { github } = clientOf(standIn);
    const asked = github.lookUp('octocat');
    setTimeout(() => void github.close(), 50);
    expect(await asked).toEqual({ kind: 'unreachable' });
  });
});

describe('a refused token', () => {
  const refusal = answers(401, '{"message":"Bad credentials"}');

  it('fails the look-up with what to do, never with the token', async () => {
    standIn.answer = refusal;
    const { github, lines } = clientOf(standIn, { token: 'ghp_abc' });
    const error = await github.lookUp('octocat').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'GitHubTokenRefused', message: expect.stringContaining('GITHUB_TOKEN') });
    expect(String(error) + lines.join()).not.toContain('ghp_abc');
    await github.close();
  });

  it('fails everybody who waits for it, once, and is not remembered', async () => {
    standIn.answer = refusal;
    const { github } = clientOf(standIn, { token: 'ghp_abc' });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => github.lookUp('octocat')));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(standIn.requests).toHaveLength(1);
    standIn.answer = user('octocat');
    expect(await github.lookUp('octocat')).toMatchObject({ kind: 'found' });
    await github.close();
  });
});
