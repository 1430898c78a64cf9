import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SCOPES } from '../support/fixtures/bot.ts';
import { type Slack, startSlack } from '../support/workspace/slack.ts';

let slack: Slack;

beforeEach(async () => {
  slack = await startSlack({ scopes: SCOPES });
});

afterEach(() => slack.close());

describe('the workspace', () => {
  const post = (args: Record<string, string>, method = 'chat.postMessage') =>
    request(slack.apiUrl + method, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slack.botToken}`,
        'content-type': 'application/x-www-form-urlencoded',
        connection: 'close',
      },
      body: new URLSearchParams(args).toString(),
    });

  test('the bot token has its scopes only, and reads the private channel', async () => {
    const { channels } = slack;
    const info = await (await post({ channel: channels.admin }, 'conversations.info')).body.json();
    expect(info).toMatchObject({ ok: true, channel: { is_private: true, is_member: true } });
    const pins = await (await post({ channel: channels.admin, timestamp: '1.1' }, 'pins.add')).body.json();
    expect(pins).toMatchObject({ ok: false, error: 'missing_scope' });
  });

  test('more than a page of messages is read, newest last, and one deleted', async () => {
    const channel = slack.channels.announce;
    await Promise.all(Array.from({ length: 120 }, () => post({ channel, text: 'x' })));
    await post({ channel, text: 'last' });
    const messages = await slack.messages(channel);
    expect(messages).toHaveLength(121);
    expect(messages.at(-1)).toMatchObject({ text: 'last', user: slack.users['prizedraw'] });
    await slack.deleteMessage(channel, messages.at(-1)?.ts ?? '');
    expect(await slack.messages(channel)).toHaveLength(120);
  });

  test('the proxy records without tokens and injects each fault', async () => {
    const { proxy, channels } = slack;
    const send = () => post({ channel: channels.announce, text: 'x', token: slack.botToken, blocks: '[]' });
    const only = (path: string) => path === '/api/chat.postMessage';

    proxy.fault(only, { kind: 'status', status: 429, headers: { 'retry-after': '2' }, body: { ok: false } }, 1);
    const limited = await send();
    expect([limited.statusCode, limited.headers['retry-after']]).toEqual([429, '2']);

    proxy.fault(only, { kind: 'reset' }, 1);
    await expect(send()).rejects.toThrow();
    expect(await slack.messages(channels.announce)).toHaveLength(0);

    proxy.fault(only, { kind: 'lose_answer' }, 1);
    await expect(send()).rejects.toThrow();
    expect(await slack.messages(channels.announce)).toHaveLength(1);

    const heal = proxy.fault(only, { kind: 'hang' });
    const hung = await Promise.race([send(), new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))]);
    expect(hung).toBe('nothing');
    heal();

    proxy.fault(only, { kind: 'delay', ms: 150 }, 1);
    const start = performance.now();
    expect(await (await send()).body.json()).toMatchObject({ ok: true });
    expect(performance.now() - start).toBeGreaterThan(140);
    expect(proxy.calls.map(({ fault }) => fault)).toEqual(['status', 'reset', 'lose_answer', 'hang', 'delay']);
    expect(proxy.calls.at(-1)).toMatchObject({ method: 'POST', body: { text: 'x', blocks: [] }, status: 200 });
    expect(JSON.stringify(proxy.calls)).not.toContain(slack.botToken);
  });

  test('an unknown token is refused', async () => {
    const reply = await request(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-no' },
    });
    expect(await reply.body.json()).toEqual({ ok: false, error: 'invalid_auth' });
  });

  test('a response address takes five posts', async () => {
    const { url, posts } = slack.openResponse();
    const say = () => request(url, { method: 'POST', body: '{"text":"x"}' });
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await say()).statusCode));
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.responses(url)).toEqual(posts);
  });
});
