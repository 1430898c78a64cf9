import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGitHub, type TestGitHub, USERS } from '../support/github.ts';

let github: TestGitHub;

beforeAll(async () => {
  github = await startGitHub({ generate: 3, organisations: ['github', 'NodeJS'] });
});
afterEach(() => {
  github.heal();
  github.requests.length = 0;
});
afterAll(() => github.close());

const account = z.looseObject({ avatar_url: z.url() });
const failure = z.looseObject({ message: z.string() });

const get = (login: string, init: RequestInit = {}) => fetch(`${github.url}/users/${login}`, init);

describe('the emulated GitHub', () => {
  it('knows every user, with an avatar that it serves itself', async () => {
    for (const { login, name = null } of USERS) {
      const response = await get(login);
      const user = account.parse(await response.json());
      expect(user).toMatchObject({ login, name, type: 'User' });
      expect(user.avatar_url.startsWith(`${github.url}/`)).toBe(true);
    }
    const { avatar_url } = account.parse(await (await get('octocat')).json());
    const avatar = await fetch(avatar_url);
    expect([avatar.status, avatar.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(
      Buffer.from(await avatar.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('makes up more users', async () => {
    expect(await (await get('user3')).json()).toMatchObject({ login: 'user3', name: 'User 3' });
    expect((await get('user4')).status).toBe(404);
  });

  it('finds a login in any case, and spells it as its owner does', async () => {
    expect(await (await get('OCTOCAT')).json()).toMatchObject({ login: 'octocat' });
    expect(await (await get('donald-knuth')).json()).toMatchObject({ login: 'Donald-Knuth' });
  });

  it('knows organisations as such', async () => {
    const org = account.parse(await (await get('nodejs')).json());
    expect(org).toMatchObject({ login: 'NodeJS', type: 'Organization' });
    expect((await fetch(org.avatar_url)).status).toBe(200);
  });

  it('answers 404 for nobody, and survives a broken address', async () => {
    const response = await get('nobody-at-all');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ message: 'Not Found' });
    expect((await get('%E0%A4%A')).status).toBeGreaterThanOrEqual(400);
  });

  it('records requests without the token', async () => {
    await get('ada', { headers: { authorization: 'Bearer secret', 'user-agent': 'me' } });
    await get('ada');
    expect(github.requests).toMatchObject([
      { path: '/users/ada', authorized: true, headers: { 'user-agent': 'me' } },
      { path: '/users/ada', authorized: false },
    ]);
    expect(JSON.stringify(github.requests)).not.toContain('secret');
  });

  it('takes more look-ups than the emulator allows with one token', async () => {
    for (let batch = 0; batch < 55; batch++) {
      const statuses = await Promise.all(Array.from({ length: 100 }, async () => (await get('ada')).status));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
  }, 60_000);
});

describe('an emulated GitHub that misbehaves', () => {
  const limit = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900000000' };

  it.each([
    [403, limit, /rate limit/],
    [403, {}, /Forbidden/],
    [429, { 'retry-after': '60' }, /rate limit/],
    [401, {}, /Bad credentials/],
    [500, {}, /Server Error/],
  ])('answers %d %j to one login only', async (status, headers, message) => {
    github.behave('Ada', { status, headers });
    const response = await get('ada');
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject(headers);
    expect(failure.parse(await response.json()).message).toMatch(message);
    expect((await get('grace')).status).toBe(200);
    github.heal();
    expect((await get('ada')).status).toBe(200);
  });

  it('prefers what is said of a login to what is said of all', async () => {
    github.behave('*', { status: 500 });
    github.behave('ada', { delay: 1 });
    expect([(await get('grace')).status, (await get('ada')).status, (await get('github')).status]).toEqual([
      500, 200, 500,
    ]);
  });

  it('waits', async () => {
    github.behave('ada', { delay: 200 });
    const begun = performance.now();
    expect((await get('ada')).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(190);
  });

  it('hangs', async () => {
    github.behave('ada', { hang: true });
    await expect(get('ada', { signal: AbortSignal.timeout(200) })).rejects.toThrow(/timeout/);
  });

  it('ends the connection', async () => {
    github.behave('ada', { reset: true });
    await expect(get('ada')).rejects.toThrow('fetch failed');
  });

  it('sends what it is told', async () => {
    github.behave('ada', { body: '<html>portal</html>', headers: { 'content-type': 'text/html' } });
    const response = await get('ada');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/html',
      '<html>portal</html>',
    ]);
  });

  it('closes while a request hangs', async () => {
    const other = await startGitHub({ users: [{ login: 'ada' }], organisations: [] });
    other.behave('*', { hang: true });
    const hanging = fetch(`${other.url}/users/ada`).catch((error: unknown) => error);
    await expect.poll(() => other.requests.length).toBe(1);
    await other.close();
    expect(await hanging).toBeInstanceOf(Error);
  });
});
