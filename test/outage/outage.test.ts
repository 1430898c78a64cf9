import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.ts';
import { type Stage, setStage, until } from '../support/stage.ts';
import { freePort } from '../workspace/loopback.ts';
import type { Answer } from '../workspace/people.ts';
import { visibleText } from '../workspace/read.ts';

const skipped = !redisInstalled();

/** Slack shows an error after 3 s. */
const LIMIT = 3_000;
const AWAY = /Redis at redis:\/\/127\.0\.0\.1:\d+\/0 cannot be used/;

async function stageOn(redisUrl: string): Promise<Stage> {
  const stage = await setStage({ redisUrl });
  onTestFinished(() => stage.close());
  return stage;
}

async function redisAt(port?: number): Promise<TestRedis> {
  const server = await startRedis(port === undefined ? {} : { port });
  onTestFinished(() => server.close());
  return server;
}

const ready = async (stage: Stage): Promise<number> => (await fetch(`${stage.url}/readyz`)).status;
const becomes = (stage: Stage, status: number): Promise<boolean> =>
  until(async () => ((await ready(stage)) === status ? true : undefined), { what: `/readyz to answer ${status}` });
const linesWith = (stage: Stage, words: RegExp | string): string[] =>
  stage.log.filter((line) => (typeof words === 'string' ? line.includes(words) : words.test(line)));

async function read(answer: Answer): Promise<string> {
  expect(answer.ack.status).toBe(200);
  return visibleText(answer.message ?? (await answer.later()));
}

/** Everything that needs Redis, each with a kind answer and an ID that is in the log, in time. */
async function apologises(stage: Stage): Promise<void> {
  const asked = [
    ...['status', 'enter octocat', 'prizes', 'winners'].map((text) => stage.member('ada').command(text)),
    ...['start "B"', 'close', 'pick', 'entrants', 'admin'].map((text) =>
      stage.member('olivia').command(text, { channel: 'admin' }),
    ),
  ];
  for (const answer of await Promise.all(asked)) {
    expect(answer.ack.ms).toBeLessThan(LIMIT);
    const said = await read(answer);
    expect(said).toContain('Sorry, something went wrong on our side. Try again in a minute');
    const id = /this ID: (\w+)/.exec(said)?.[1] ?? 'none';
    expect(linesWith(stage, `"request":"${id}"`).length).toBeGreaterThan(0);
  }
}

describe.skipIf(skipped).sequential(`Redis${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  it('that is away at the start: said once, kindly answered, and all is well once it is there', async () => {
    const port = await freePort();
    const stage = await stageOn(`redis://user:secret-password@127.0.0.1:${port}/0`);
    await becomes(stage, 503);
    expect((await fetch(`${stage.url}/healthz`)).status).toBe(200);
    await apologises(stage);
    await sleep(2_000);
    const said = linesWith(stage, AWAY);
    expect(said.length).toBe(1);
    expect(said[0]).toContain('To start one: redis-server');
    expect(stage.log.join('')).not.toContain('secret-password');

    const server = await redisAt(port);
    await server.client().acl('SETUSER', 'user', 'on', '>secret-password', '~*', '&*', '+@all');
    await becomes(stage, 200);
    expect(linesWith(stage, 'is back').length).toBe(1);
    expect(await read(await stage.member('ada').command('status'))).toContain('No draw is running');
    expect(await server.client().exists('prizedraw:is_open', 'prizedraw:prizes')).toBe(0);
  }, 40_000);

  it('that is lost later: said once, nothing asked for meanwhile is done later, announcements catch up', async () => {
    const server = await redisAt();
    const stage = await stageOn(server.url);
    await becomes(stage, 200);
    await stage.member('ada').command('status');
    const restarted = await down(server);
    await becomes(stage, 503);
    await apologises(stage);
    await restarted();
    await becomes(stage, 200);
    await sleep(500);
    // Nobody started, filled or closed a draw when Redis came back.
    const client = server.client();
    expect((await client.keys('*')).filter((key) => !key.includes(':slack:announce'))).toEqual([]);
    expect(linesWith(stage, AWAY).length).toBe(1);
    expect(linesWith(stage, 'is back').length).toBe(1);
    expect(await read(await stage.member('olivia').command('start "A kite"', { channel: 'admin' }))).toContain(
      'is open',
    );
    await stage.announced('A kite');
  }, 40_000);

  it('that freezes: every button and dialog is answered too, and nothing is done late', async () => {
    const server = await redisAt();
    const stage = await stageOn(server.url);
    await stage.member('olivia').command('start "A kite"', { channel: 'admin' });
    const olivia = stage.member('olivia');
    const panel = await olivia.command('admin', { channel: 'admin' });
    const status = await stage.member('ada').command('status');
    await stage.member('ada').click('Enter the draw', status.message ?? {});
    const view = await until(() => stage.member('ada').lastView());

    server.pause();
    const [pressed, submitted] = await Promise.all([
      olivia.click('Close draw', panel.message ?? {}),
      stage.member('ada').submit(view, { 'Your GitHub ID': 'octocat' }),
    ]);
    expect(Math.max(pressed.ack.ms, submitted.ms)).toBeLessThan(LIMIT);
    expect(visibleText(await pressed.later())).toContain('Sorry, something went wrong');
    expect(JSON.stringify(submitted.body)).toContain('Sorry, something went wrong');
    await sleep(3_000);
    server.resume();
    await becomes(stage, 200);
    const client = server.client();
    expect(await client.get('prizedraw:is_open')).toBe('true');
    expect(await client.exists('prizedraw:entrants')).toBe(0);
    expect(await read(await stage.member('ada').command('enter octocat'))).toContain('You are in');
  }, 40_000);

  it('with another password than ours: said once, in plain words', async () => {
    const server = await redisAt();
    await server.client().config('SET', 'requirepass', 'the-right-one');
    const stage = await stageOn(server.url.replace('redis://', 'redis://:the-wrong-one@'));
    await becomes(stage, 503);
    await apologises(stage);
    await sleep(2_000);
    expect(linesWith(stage, /cannot be used \((WRONGPASS|NOAUTH)/).length).toBe(1);
    expect(stage.log.join('')).not.toContain('the-wrong-one');
  }, 40_000);

  it('that is full: a kind answer, and nothing half done', async () => {
    const server = await redisAt();
    const stage = await stageOn(server.url);
    await stage.member('olivia').command('start "A kite"', { channel: 'admin' });
    const client = server.client();
    await client.config('SET', 'maxmemory', '1');
    expect(await read(await stage.member('ada').command('enter octocat'))).toContain('Sorry, something went wrong');
    await client.config('SET', 'maxmemory', '0');
    const keys = await client.keys('*');
    expect(keys.filter((key) => /entrants|profiles|_of/.test(key))).toEqual([]);
    expect(await read(await stage.member('ada').command('enter octocat'))).toContain('You are in');
  }, 40_000);
});

/** Ends the server; the function returned starts it again. */
async function down(server: TestRedis): Promise<() => Promise<void>> {
  const client = server.client();
  await client.ping();
  client.call('SHUTDOWN', 'NOSAVE').catch(() => {});
  await until(() => (client.status === 'ready' ? undefined : true));
  client.disconnect();
  return () => server.restart();
}
