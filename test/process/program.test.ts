import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import { scrape } from '../support/metrics.ts';
import {
  GITHUB_TOKEN,
  PASSWORD,
  type ProcessFixture,
  portOf,
  says,
  startProcessFixture,
} from '../support/process/fixture.ts';
import { run } from '../support/process/program.ts';
import { redisInstalled } from '../support/redis.ts';
import { freePort } from '../support/workspace/loopback.ts';
import { endings } from './suite/ending.ts';
import { socketMode } from './suite/socket-mode.ts';
import { surviving } from './suite/surviving.ts';

const skipped = !redisInstalled();

describe.skipIf(skipped)(`the built program${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  let at: ProcessFixture;

  beforeAll(async () => {
    at = await startProcessFixture();
  });
  afterAll(() => at.close());

  it('runs a whole draw, logs JSON, and keeps every secret to itself', async () => {
    const { program, url, member, end } = await at.started();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ok',
      redis: 'ok',
      slack: 'ok',
      settings: 'ok',
      clock: 'ok',
      announcements: 'ok',
    });
    expect(await says(member('olivia'), 'start "A book" for 30m', 'admin')).toContain('The draw is open');
    expect(await says(member('ada'), 'enter ada')).toContain('You are in the draw');
    expect(await says(member('olivia'), 'close', 'admin')).toContain('1 person has entered');
    expect(await says(member('olivia'), 'pick', 'admin')).toContain('Picked 1 winner');
    expect(await says(member('ada'), 'status')).toContain('You won: A book');
    const { value } = await scrape(url);
    expect(value('prizedraw_entries_total', { outcome: 'entered' })).toBe(1);
    expect(value('prizedraw_process_cpu_seconds_total')).toBeGreaterThan(0.1);
    expect(value('prizedraw_process_resident_memory_bytes')).toBeGreaterThan(1e7);
    const { status, ms } = await end();
    expect(status).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(program.stderr()).toBe('');
    const lines = program.stdout().trim().split('\n');
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), time: expect.any(String) });
    for (const secret of [at.slack.botToken, at.slack.signingSecret, PASSWORD, GITHUB_TOKEN]) {
      expect(program.stdout()).not.toContain(secret);
    }
    expect(program.stdout()).toContain('prizedraw has stopped');
  }, 60_000);

  it('reads .env in the folder where it is started', async () => {
    const port = await freePort();
    const file = Object.entries(at.settings(port)).map(([name, value]) => `${name}=${value}`);
    const program = run({}, file.join('\n'));
    await until(async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined))?.ok || undefined, {
      patience: 20_000,
    });
    program.signal('SIGTERM');
    expect((await program.ended()).status).toBe(0);
    expect(program.stdout()).toMatch(/^\{/);
  }, 60_000);

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is in hand at %s, then ends with status 0',
    async (signal) => {
      const { member, end } = await at.started();
      await at.server.client().flushdb();
      await says(member('olivia'), 'start "A book"', 'admin');
      at.github.behave('grace', { delay: 1_200 });
      const entering = says(member('grace'), 'enter grace');
      await until(() => (at.github.requests.some(({ path }) => path === '/users/grace') ? true : undefined));
      const ending = end(signal);
      expect(await entering).toContain('You are in the draw');
      const { status, ms } = await ending;
      // Soon after the answer, not when a connection that is kept open has been idle for long enough.
      expect({ status, inTime: ms < 4_000 }).toEqual({ status: 0, inTime: true });
      at.github.requests.length = 0;
      at.github.heal();
    },
    60_000,
  );

  it('ends with status 0 while Redis and Slack are away, and when it is told twice', async () => {
    const heal = at.slack.proxy.fault(() => true, { kind: 'hang' });
    const { program, end } = await at.started({ REDIS_URL: `redis://127.0.0.1:${await freePort()}/0` }, 503);
    const ending = end();
    program.signal('SIGTERM');
    const { status, ms } = await ending;
    heal();
    expect({ status, inTime: ms < 10_000 }).toEqual({ status: 0, inTime: true });
  }, 60_000);

  it('ends with one plain line and status 1 when Slack refuses the token', async () => {
    const heal = at.slack.proxy.fault((path) => path.includes('auth.test'), {
      kind: 'status',
      status: 200,
      body: { ok: false, error: 'invalid_auth' },
    });
    const program = run(at.settings(await freePort()));
    const { status } = await program.ended();
    heal();
    expect(status).toBe(1);
    expect(program.stderr()).toBe(
      'prizedraw cannot go on: Slack refused SLACK_BOT_TOKEN (invalid_auth). Check the token at api.slack.com/apps and start again.\n',
    );
    for (const line of program.stdout().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
    expect(program.stdout()).not.toContain(at.slack.botToken);
  }, 60_000);

  it('ends with one plain line and status 1 when its port is taken', async () => {
    const taken = createServer().listen(0);
    const port = portOf(taken);
    const program = run(at.settings(port));
    const { status } = await program.ended();
    taken.close();
    expect(status).toBe(1);
    expect(program.stderr()).toBe(`prizedraw cannot go on: the port ${port} is taken. Set PORT to another one.\n`);
  }, 60_000);

  it('serves one draw with another of its kind', async () => {
    const [one, other] = await Promise.all([at.started(), at.started()]);
    await at.server.client().flushdb();
    expect(await says(one.member('olivia'), 'start "A book"', 'admin')).toContain('The draw is open');
    expect(await says(other.member('ada'), 'enter ada')).toContain('You are in the draw');
    expect(await says(one.member('ada'), 'status')).toContain('You are in, as ada');
    expect(await says(other.member('olivia'), 'close', 'admin')).toContain('1 person has entered');
    expect(await says(one.member('grace'), 'enter grace')).toContain('closed');
    expect(await says(one.member('olivia'), 'pick', 'admin')).toContain('Picked 1 winner');
    expect(await says(other.member('ada'), 'winners')).toContain('A book');
    expect((await Promise.all([one.end(), other.end()])).map(({ status }) => status)).toEqual([0, 0]);
  }, 60_000);

  describe('whatever happens', () => surviving(() => at));
  describe('at its end', () => endings(() => at));
  describe('in Socket Mode', () => socketMode(() => at));
});
