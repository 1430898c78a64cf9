import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { redisInstalled, startRedis } from '../support/redis.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the demo as `npm run demo` does. */
function demo(
  options: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly said: () => string } {
  const { NODE_OPTIONS: _, REDIS_URL: __, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/demo/main.ts', ...options], {
    cwd: ROOT,
    env: { ...env, DEMO_PORT: '0', NO_COLOR: '1', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      output += String(text);
    });
  }
  return { child, said: () => output };
}

it('npm run demo prints an address where the page is, and ends at Ctrl+C', async () => {
  const { child, said } = demo();
  const url = await until(() => /http:\/\/localhost:\d+/.exec(said())?.[0], { what: 'the address', patience: 25_000 });
  const page = await fetch(url);
  expect(await page.text()).toContain('<div id="root">');
  for (const file of ['page.js', 'page.css', 'avatars/ada.svg', 'workspace']) {
    expect((await fetch(`${url}/${file}`)).status).toBe(200);
  }
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
}, 60_000);

it('npm run demo -- --text plays a whole draw as text, and ends by itself', async () => {
  const { child, said } = demo(['--text']);
  expect(await once(child, 'exit')).toEqual([0, null]);
  const text = said();
  for (const words of [
    'olivia types  /prizedraw start',
    'You are in the draw, Ada Lovelace!',
    'GitHub knows no such user',
    'ada is already in the draw',
    'The draw is closed: it takes no more entries',
    'Picked 3 winners from 11 entrants',
    'And the winners are…',
    'Dennis *dmr* Ritchie',
  ]) {
    expect(text).toContain(words);
  }
}, 60_000);

it('npm run demo -- --play plays the draw once the page is open', async () => {
  const { child, said } = demo(['--play']);
  const url = await until(() => /http:\/\/localhost:\d+/.exec(said())?.[0], { what: 'the address', patience: 25_000 });
  expect(said()).not.toContain('olivia types');
  const screen = await fetch(`${url}/screen?as=ada`);
  const reader = screen.body?.getReader();
  let seen = '';
  for (const end = Date.now() + 20_000; Date.now() < end && !seen.includes('A prize draw is open'); ) {
    seen += new TextDecoder().decode((await reader?.read())?.value);
  }
  expect(seen).toContain('A prize draw is open');
  await reader?.cancel();
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}, 60_000);

it.each([
  [
    'a Redis that does not answer',
    { REDIS_URL: 'redis://127.0.0.1:9/0' },
    [],
    /Redis at redis:\/\/127\.0\.0\.1:9\/0 cannot be used/,
  ],
  ['a port that is none', { DEMO_PORT: 'abc' }, [], /DEMO_PORT must be a port number/],
  ['an option that there is not', {}, ['--bogus'], /--bogus[\s\S]*npm run demo -- --play/],
] as const)(
  'the demo says in plain words what is wrong with %s',
  async (_, env, options, words) => {
    const { child, said } = demo(options, env);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said()).toMatch(words);
    expect(said()).not.toMatch(/^\s+at /m);
  },
  60_000,
);

it.skipIf(!redisInstalled())(
  'the demo plays on a real Redis, too, and leaves no key there',
  async () => {
    const server = await startRedis();
    const { child, said } = demo(['--text'], { REDIS_URL: server.url });
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(said()).toContain('That was it.');
    expect(await server.client().keys('*')).toEqual([]);
    await server.close();
  },
  60_000,
);
