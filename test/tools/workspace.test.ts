import { createServer } from 'node:net';
import { App } from '@slack/bolt';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpTransport, signedPost } from '../support/workspace/http.ts';
import { person } from '../support/workspace/people.ts';
import { visibleText } from '../support/workspace/read.ts';
import { type Slack, startSlack } from '../support/workspace/slack.ts';
import { startSocketMode } from '../support/workspace/socket.ts';
import type { Transport } from '../support/workspace/transport.ts';

const SCOPES = ['commands', 'chat:write', 'channels:read', 'groups:read', 'channels:history', 'groups:history'];

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const dialog = {
  type: 'modal' as const,
  callback_id: 'ask',
  private_metadata: 'kept',
  title: plain('Ask'),
  submit: plain('Send'),
  blocks: [
    { type: 'input', block_id: 'id', label: plain('GitHub ID'), element: { type: 'plain_text_input', action_id: 'v' } },
    {
      type: 'input',
      block_id: 'length',
      label: plain('How long'),
      element: {
        type: 'static_select',
        action_id: 'v',
        options: [
          { text: plain('Short'), value: 's' },
          { text: plain('Long'), value: 'l' },
        ],
        initial_option: { text: plain('Short'), value: 's' },
      },
    },
  ],
};

const row = {
  type: 'actions',
  block_id: 'row',
  elements: [
    { type: 'button', action_id: 'open', text: plain('Open'), value: '7' },
    { type: 'button', action_id: 'say', text: plain('Say') },
  ],
};

/** Makes a Bolt app that does one thing of each kind. */
function teach(app: App): App {
  app.command('/prizedraw', async ({ command, ack, respond, client }) => {
    if (command.text === 'later') {
      await ack();
      await respond({ text: 'at last' });
      return;
    }
    if (command.text === 'post') {
      await client.chat.postMessage({ channel: command.channel_id, text: 'posted', blocks: [row] });
      return ack();
    }
    await ack({ text: `${command.user_name} in ${command.channel_name}: ${command.text}`, blocks: [] });
  });
  app.action('open', async ({ ack, body, client }) => {
    await ack();
    if (!('trigger_id' in body)) throw new Error('no trigger');
    await client.views.open({ trigger_id: body.trigger_id, view: dialog });
  });
  app.action('say', async ({ ack, body, respond }) => {
    await ack();
    const container = 'container' in body ? body.container : undefined;
    await respond({ text: JSON.stringify(container), replace_original: false });
  });
  app.view('ask', async ({ ack, view }) => {
    const name = view.state.values['id']?.['v']?.value;
    if (name === 'bad') return ack({ response_action: 'errors', errors: { id: 'No.' } });
    if (name !== 'more') return ack();
    return ack({ response_action: 'update', view: { ...dialog, callback_id: 'again', title: plain('Again') } });
  });
  return app;
}

let slack: Slack;
let endings: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  slack = await startSlack({ scopes: SCOPES });
  endings = [slack.close];
});

afterEach(async () => {
  for (const end of endings.reverse()) await end();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function startHttpBot() {
  const { botToken: token, signingSecret, apiUrl: slackApiUrl } = slack;
  const app = teach(new App({ token, signingSecret, clientOptions: { slackApiUrl } }));
  const port = await freePort();
  await app.start({ port, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${port}`;
  const transport = httpTransport({ url, signingSecret });
  endings.push(() => app.stop(), transport.close);
  return { url, transport };
}

async function startSocketBot() {
  const socket = await startSocketMode(slack, 500);
  const { botToken: token, appToken, apiUrl: slackApiUrl } = slack;
  const app = teach(new App({ token, appToken, socketMode: true, clientOptions: { slackApiUrl } }));
  await app.start();
  endings.push(socket.close, () => app.stop());
  return socket;
}

describe('over either transport', () => {
  const transports: [string, () => Promise<Transport>][] = [
    ['HTTP', async () => (await startHttpBot()).transport],
    ['Socket Mode', startSocketBot],
  ];
  test.each(transports)('a command is answered in its acknowledgement (%s)', async (_name, start) => {
    const ada = person(slack, await start(), 'ada');
    const { ack, message } = await ada.command('a < b & c', { channel: 'admin' });
    expect(ack).toMatchObject({ status: 200 });
    expect(message).toMatchObject({ text: 'ada in privategroup: a &lt; b &amp; c', channel: slack.channels.admin });
    expect((await ada.command('<x>', { escape: false })).message?.text).toBe('ada in random: <x>');
  });

  test.each(transports)('a later answer comes to the response address (%s)', async (_name, start) => {
    const answer = await person(slack, await start(), 'ada').command('later');
    expect(answer.message).toBeUndefined();
    expect(await answer.later()).toMatchObject({ text: 'at last', channel: slack.channels.random });
    expect(answer.posts).toHaveLength(1);
  });

  test.each(transports)('a click opens a dialog, which is submitted (%s)', async (_name, start) => {
    const transport = await start();
    const [ada, grace] = [person(slack, transport, 'ada'), person(slack, transport, 'grace')];
    await ada.command('post', { channel: 'admin' });
    const message = (await slack.messages(slack.channels.admin)).at(-1) ?? {};
    expect(visibleText(message)).toBe('Open\nSay');

    expect((await ada.click('Open', message)).ack.status).toBe(200);
    await expect.poll(() => ada.lastView()?.callback_id).toBe('ask');
    expect(grace.lastView()).toBeUndefined();
    const view = ada.lastView() ?? expect.fail('no dialog');

    const refused = await ada.submit(view, { 'GitHub ID': 'bad' });
    expect(refused.body).toEqual({ response_action: 'errors', errors: { id: 'No.' } });
    expect(ada.lastView()).toEqual(view);
    await ada.submit(view, { id: 'more', 'How long': 'Long' });
    expect(ada.lastView()).toMatchObject({ id: view.id, callback_id: 'again', title: { text: 'Again' } });
    await ada.submit(view, { id: 'fine' }, { private_metadata: 'forged' });
    expect(slack.openViews()).toEqual([]);
  });
});

test('a click is shaped as Slack shapes it, under a public and an ephemeral message', async () => {
  const sent: Record<string, unknown>[] = [];
  const keep: Transport = {
    async send(_kind, payload) {
      sent.push(payload);
      return { status: 200, body: undefined, ms: 0 };
    },
  };
  const ada = person(slack, keep, 'ada');
  const channel = slack.channels.announce;
  await ada.click('Open', { channel, ts: '1.2', text: 'x', blocks: [row] });
  await ada.click('Say', { channel, blocks: [row] });
  expect(sent[0]).toMatchObject({
    type: 'block_actions',
    user: { id: ada.id },
    container: { message_ts: '1.2', channel_id: channel, is_ephemeral: false },
    message: { ts: '1.2' },
    actions: [{ action_id: 'open', block_id: 'row', type: 'button', value: '7', text: { text: 'Open' } }],
  });
  expect(sent[1]).toMatchObject({ container: { is_ephemeral: true }, actions: [{ action_id: 'say' }] });
  expect(sent[1]).not.toHaveProperty('message');
  await expect(ada.click('Close', { channel, blocks: [row] })).rejects.toThrow('"Open", "Say"');
});

describe('HTTP', () => {
  test('only a right signature is taken', async () => {
    const { url } = await startHttpBot();
    const form = new URLSearchParams({ ...Object.fromEntries([['command', '/prizedraw']]), text: 'hi' }).toString();
    expect((await signedPost(url, slack.signingSecret, form)).status).toBe(200);
    expect((await signedPost(url, 'wrong', form)).status).toBe(401);
    expect((await signedPost(url, slack.signingSecret, form, { 'x-slack-signature': 'v0=0' })).status).toBe(401);
  });
});

describe('Socket Mode', () => {
  test('a client comes back after a cut and after being asked to', async () => {
    const socket = await startSocketBot();
    await socket.connected(5_000);
    expect(socket.connections).toBe(1);
    socket.drop();
    await socket.connected(8_000);
    // Slack leaves TCP open after the close frame: Bolt's own client notices 5 seconds later, and waits 5 more.
    socket.disconnect();
    await expect.poll(() => socket.connections, { timeout: 25_000 }).toBe(3);
    await socket.connected(8_000);
    expect((await person(slack, socket, 'ada').command('hi')).message?.text).toContain('hi');
  }, 45_000);

  test('a wrong app token is refused', async () => {
    endings.push((await startSocketMode(slack)).close);
    const call = { method: 'POST', headers: { authorization: 'Bearer xapp-wrong' } } as const;
    const reply = await request(`${slack.apiUrl}apps.connections.open`, call);
    expect(await reply.body.json()).toEqual({ ok: false, error: 'invalid_auth' });
  });
});
