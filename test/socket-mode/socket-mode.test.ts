import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningBot, runBot, SCOPES, until } from '../support/fixtures/bot.ts';
import { startGitHub, type TestGitHub } from '../support/github.ts';
import { redisInstalled, startRedis, type TestRedis } from '../support/redis.ts';
import type { Shown } from '../support/workspace/messages.ts';
import { type Person, person } from '../support/workspace/people.ts';
import { visibleText } from '../support/workspace/read.ts';
import { type Slack, startSlack } from '../support/workspace/slack.ts';
import { type SocketMode, startSocketMode } from '../support/workspace/socket.ts';

const skipped = !redisInstalled();

describe.skipIf(skipped)(`Socket Mode${skipped ? ' (skipped: redis-server is not installed here)' : ''}`, () => {
  let server: TestRedis;
  let redis: Redis;
  let slack: Slack;
  let github: TestGitHub;
  let socket: SocketMode;
  let running: RunningBot;

  beforeAll(async () => {
    server = await startRedis();
    redis = server.client();
    slack = await startSlack({ scopes: SCOPES });
    github = await startGitHub({ organisations: ['the-company'] });
    socket = await startSocketMode(slack);
  });
  afterAll(async () => {
    await socket.close();
    await github.close();
    await slack.close();
    await server.close();
  });
  beforeEach(async () => {
    github.heal();
    await redis.flushall();
    running = await start();
    await ready(200);
  });
  afterEach(() => running.stop());

  const start = (): Promise<RunningBot> => {
    const mode = { kind: 'socket', appToken: slack.appToken } as const;
    const config = { slack: { botToken: slack.botToken, apiUrl: slack.apiUrl, mode } };
    return runBot({ slack, github, redisUrl: server.url, config });
  };
  const member = (name: string): Person => person(slack, socket, name);
  const ready = (status: number, patience = 10_000) =>
    until(async () => ((await fetch(`${running.url}/readyz`)).status === status ? true : undefined), {
      patience,
      what: `/readyz to answer ${status}`,
    });
  const answered = async (name: string, text: string, channel = 'random'): Promise<string> => {
    const answer = await member(name).command(text, { channel });
    return visibleText(answer.message ?? (await answer.later())).replaceAll('\u2060', '');
  };
  const announced = (words: string): Promise<Shown> =>
    until(
      async () =>
        (await slack.messages(slack.channels.announce)).findLast((message) => visibleText(message).includes(words)),
      { what: words },
    );
  const dialog = (name: string) => until(() => member(name).lastView(), { what: 'a dialog' });

  it('carries a whole draw: by command, button and dialog, to the winners', async () => {
    await member('olivia').command('start', { channel: 'admin' });
    const started = await member('olivia').submit(await dialog('olivia'), { 'Prizes, one a line': 'A kite\nA drum' });
    expect(visibleText(started.body)).toContain('The draw is open');

    const entered = await member('ada').command('enter ada');
    // Inside the acknowledgement, and nothing else.
    expect(visibleText(entered.ack.body)).toContain('You are in the draw, Ada Lovelace');
    expect(entered.posts).toEqual([]);

    await member('grace').click('Enter the draw', await announced('A kite'));
    const view = await dialog('grace');
    const wrong = await member('grace').submit(view, { 'Your GitHub ID': 'the-company' });
    expect(wrong.body).toMatchObject({
      response_action: 'errors',
      errors: { prizedraw_github_id: expect.stringContaining('an organisation') },
    });
    const right = await member('grace').submit(view, { 'Your GitHub ID': 'grace' });
    expect(visibleText(right.body)).toContain('You are in the draw, Grace Hopper');

    expect(await answered('grace', 'status')).toContain('You are in, as grace');
    expect(await answered('olivia', 'pick')).toContain('Only organisers can do that');
    const panel = await member('olivia').command('admin', { channel: 'admin' });
    const closed = await member('olivia').click('Close draw', panel.message ?? (await panel.later()));
    expect(visibleText(await closed.later())).toContain('2 people have entered');
    expect(await answered('linus', 'enter linus')).toContain('The draw is closed');
    expect(await answered('olivia', 'pick', 'admin')).toContain('Picked 2 winners from 2 entrants');
    expect(visibleText(await announced('And the winners are'))).toMatch(/A drum[\s\S]*A kite/);
    expect(Object.keys(await redis.hgetall('prizedraw:winners')).toSorted()).toEqual(['A drum', 'A kite']);
  });

  it.each([
    ['is cut off without a word', () => socket.drop()],
    ['is asked by Slack to connect anew', () => socket.disconnect()],
    ['is warned by Slack', () => socket.disconnect('warning')],
  ])('goes on when it %s in the middle of a draw', async (_what, interrupt) => {
    await answered('olivia', 'start "A lamp"', 'admin');
    await answered('ada', 'enter ada');
    const before = socket.connections;
    interrupt();
    await until(() => (socket.connections > before ? true : undefined), { what: 'a new connection' });
    await socket.connected(5_000);
    await ready(200);
    expect(await answered('grace', 'enter grace')).toContain('You are in the draw');
    expect(await answered('ada', 'enter ada')).toContain('already in the draw');
    expect(await answered('olivia', 'pick', 'admin')).toContain('from 2 entrants');
  });

  it('loses no entry when the connection goes while it is looked up', async () => {
    await answered('olivia', 'start "A lamp"', 'admin');
    github.behave('ada', { delay: 800 });
    const slow = member('ada').command('enter ada');
    slow.catch(() => {});
    setTimeout(() => socket.drop(), 300);
    await until(async () => ((await redis.sismember('prizedraw:entrants', 'ada')) === 1 ? true : undefined));
    await socket.connected(10_000);
    expect(await answered('ada', 'enter ada')).toContain('already in the draw');
  });

  it('is not ready while the connection is away, and is again by itself', async () => {
    const heal = slack.proxy.fault((path) => path.includes('apps.connections.open'), { kind: 'status', status: 500 });
    socket.drop();
    await ready(503);
    expect(await (await fetch(`${running.url}/readyz`)).json()).toMatchObject({ slack: 'not connected', redis: 'ok' });
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    heal();
    await ready(200, 20_000);
  }, 40_000);

  it.each(['null', '[]', '"x"', '{}', '{"type":"block_actions"}', '{"type":"view_submission","view":null}'])(
    'lives on after an envelope that makes no sense: %s',
    async (payload) => {
      for (const kind of ['interactive', 'slash_commands'] as const) {
        // Nobody waits for an acknowledgement, as there may be none.
        socket.send(kind, JSON.parse(payload)).catch(() => {});
      }
      expect(await answered('ada', 'status')).toContain('No draw is running');
      expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    },
  );

  it('takes no requests over HTTP', async () => {
    const response = await fetch(`${running.url}/slack/events`, { method: 'POST', body: 'payload=null' });
    expect(response.status).toBe(404);
  });

  it.each([
    ['an error', { kind: 'status', status: 500 }],
    ['a limit', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['a broken connection', { kind: 'reset' }],
  ] as const)(
    'comes up by itself when Slack answers with %s at first',
    async (_what, fault) => {
      await running.stop();
      slack.proxy.fault((path) => path.includes('apps.connections.open'), fault, 2);
      running = await start();
      await ready(200, 25_000);
      expect(await answered('ada', 'status')).toContain('No draw is running');
    },
    40_000,
  );

  it('says plainly that Slack refuses the token, without the token', async () => {
    await running.stop();
    const heal = slack.proxy.fault((path) => path.includes('apps.connections.open'), {
      kind: 'status',
      status: 200,
      body: { ok: false, error: 'invalid_auth' },
    });
    running = await start();
    await until(() => running.refusals[0]);
    heal();
    expect(running.refusals).toEqual(['Slack refused SLACK_APP_TOKEN (invalid_auth).']);
    expect(running.log.join('')).not.toContain(slack.appToken);
  });
});
