import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '../support/fixtures/bot.ts';
import {
  AWAY,
  apologises,
  becomes,
  down,
  fixtureOn,
  LIMIT,
  linesWith,
  read,
  readyOn,
  redisAt,
} from '../support/fixtures/outages.ts';
import { scrape } from '../support/metrics.ts';
import { redisInstalled } from '../support/redis.ts';
import { freePort } from '../support/workspace/loopback.ts';
import { visibleText } from '../support/workspace/read.ts';

const skipped = !redisInstalled();

describe.skipIf(skipped).sequential(`Redis${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  it('that is away at the start: said once, kindly answered, and all is well once it is there', async () => {
    const port = await freePort();
    const fixture = await fixtureOn(`redis://user:secret-password@127.0.0.1:${port}/0`);
    await becomes(fixture, 503);
    expect((await fetch(`${fixture.url}/healthz`)).status).toBe(200);
    await apologises(fixture);
    await sleep(2_000);
    const said = linesWith(fixture, AWAY);
    expect(said.length).toBe(1);
    expect(said[0]).toContain('To start one: redis-server');
    expect(fixture.log.join('')).not.toContain('secret-password');

    const server = await redisAt(port);
    await server.client().acl('SETUSER', 'user', 'on', '>secret-password', '~*', '&*', '+@all');
    await becomes(fixture, 200);
    expect(linesWith(fixture, 'is back').length).toBe(1);
    expect(await read(await fixture.member('ada').command('status'))).toContain('No draw is running');
    expect(await server.client().exists('prizedraw:is_open', 'prizedraw:prizes')).toBe(0);
  }, 40_000);

  it('that is lost later: said once, nothing asked for meanwhile is done later, announcements catch up', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    await fixture.member('ada').command('status');
    const restarted = await down(server);
    await becomes(fixture, 503);
    await apologises(fixture);
    await restarted();
    await becomes(fixture, 200);
    await sleep(500);
    // Nobody started, filled or closed a draw when Redis came back.
    const client = server.client();
    expect(
      (await client.keys('*')).filter((key) => !/:slack:(?:worker|draws_version|settings|probe)/.test(key)),
    ).toEqual([]);
    expect(linesWith(fixture, AWAY).length).toBe(1);
    expect(linesWith(fixture, 'is back').length).toBe(1);
    expect(await read(await fixture.member('olivia').command('start "A kite"', { channel: 'admin' }))).toContain(
      'is open',
    );
    await fixture.announced('A kite');
  }, 40_000);

  it('that freezes: every button and dialog is answered too, and nothing is done late', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    await fixture.member('olivia').command('start "A kite"', { channel: 'admin' });
    const olivia = fixture.member('olivia');
    const panel = await olivia.command('admin', { channel: 'admin' });
    const status = await fixture.member('ada').command('status');
    await fixture.member('ada').click('Enter the draw', status.message ?? {});
    const view = await until(() => fixture.member('ada').lastView());

    server.pause();
    const [pressed, submitted] = await Promise.all([
      olivia.click('Close draw', panel.message ?? {}),
      fixture.member('ada').submit(view, { 'Your GitHub ID': 'octocat' }),
    ]);
    expect(Math.max(pressed.ack.ms, submitted.ms)).toBeLessThan(LIMIT);
    expect(visibleText(await pressed.later())).toContain('Sorry, something went wrong');
    expect(JSON.stringify(submitted.body)).toContain('Sorry, something went wrong');
    // Without what Redis alone knows, but in time.
    const { value } = await scrape(fixture.url);
    expect(value('prizedraw_announcements_waiting', { when: 'now' })).toBeUndefined();
    await sleep(3_000);
    server.resume();
    await becomes(fixture, 200);
    const client = server.client();
    expect(await client.get('prizedraw:is_open')).toBe('true');
    expect(await client.exists('prizedraw:entrants')).toBe(0);
    expect(await read(await fixture.member('ada').command('enter octocat'))).toContain('You are in');
  }, 40_000);

  it('with another password than ours: said once, in plain words', async () => {
    const server = await redisAt();
    await server.client().config('SET', 'requirepass', 'the-right-one');
    const fixture = await fixtureOn(server.url.replace('redis://', 'redis://:the-wrong-one@'));
    await becomes(fixture, 503);
    await apologises(fixture);
    await sleep(2_000);
    expect(linesWith(fixture, /cannot be used \((WRONGPASS|NOAUTH)/).length).toBe(1);
    expect(fixture.log.join('')).not.toContain('the-wrong-one');
  }, 40_000);

  it('that is full: a kind answer, and nothing half done', async () => {
    const server = await redisAt();
    const fixture = await readyOn(server.url);
    await fixture.member('olivia').command('start "A kite"', { channel: 'admin' });
    const client = server.client();
    await client.config('SET', 'maxmemory', '1');
    expect(await read(await fixture.member('ada').command('enter octocat'))).toContain('Sorry, something went wrong');
    await client.config('SET', 'maxmemory', '0');
    const keys = await client.keys('*');
    expect(keys.filter((key) => /entrants|profiles|_of/.test(key))).toEqual([]);
    expect(await read(await fixture.member('ada').command('enter octocat'))).toContain('You are in');
  }, 40_000);
});
