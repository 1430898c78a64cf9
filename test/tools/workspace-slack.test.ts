import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { typedText } from '../../src/slack/listeners/text.ts';
import { SCOPES } from '../support/fixtures/bot.ts';
import { type Slack, startSlack } from '../support/workspace/slack.ts';
import { sentText } from '../support/workspace/typed.ts';

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

describe('a channel', () => {
  const ask = async (method: string, args: Record<string, string>): Promise<unknown> => {
    const reply = await request(slack.apiUrl + method, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slack.botToken}`,
        'content-type': 'application/x-www-form-urlencoded',
        connection: 'close',
      },
      body: new URLSearchParams(args).toString(),
    });
    return reply.body.json();
  };
  const info = (channel: string) => ask('conversations.info', { channel });
  const post = (channel: string) => ask('chat.postMessage', { channel, text: 'x' });

  test('that is not there is not found', async () => {
    const notFound = { ok: false, error: 'channel_not_found' };
    expect(await info('C0NOWHERE')).toMatchObject(notFound);
    expect(await post('C0NOWHERE')).toMatchObject(notFound);
  });

  test('has the bot in it, unless told otherwise', async () => {
    const id = await slack.addChannel('giveaways');
    expect(await info(id)).toMatchObject({ ok: true, channel: { id, name: 'giveaways', is_member: true } });
    expect(await post(id)).toMatchObject({ ok: true });
    expect(await slack.messages(id)).toHaveLength(1);
    expect(slack.allChannels.get(id)).toMatchObject({ name: 'giveaways', isPrivate: false });
  });

  test.each([
    [false, { ok: true, channel: { is_member: false } }, 'not_in_channel'],
    [true, { ok: false, error: 'channel_not_found' }, 'channel_not_found'],
  ])('without the bot takes nothing from it until it is invited (private: %s)', async (isPrivate, told, error) => {
    const id = await slack.addChannel('giveaways', { isPrivate, hasBot: false });
    expect(await info(id)).toMatchObject(told);
    expect(await post(id)).toEqual({ ok: false, error });
    expect(await slack.messages(id)).toEqual([]);
    await slack.alterChannel(id, { hasBot: true });
    expect(await info(id)).toMatchObject({ channel: { is_member: true, is_private: isPrivate } });
    expect(await post(id)).toMatchObject({ ok: true });
    await slack.alterChannel(id, { hasBot: false });
    expect(await info(id)).toMatchObject(told);
    expect(await post(id)).toEqual({ ok: false, error });
  });

  test('that is archived says so, and takes nothing', async () => {
    const id = await slack.addChannel('giveaways');
    await slack.alterChannel(id, { isArchived: true });
    expect(await info(id)).toMatchObject({ ok: true, channel: { is_archived: true } });
    expect(await post(id)).toMatchObject({ ok: false, error: 'is_archived' });
    await slack.alterChannel(id, { isArchived: false });
    expect(await post(id)).toMatchObject({ ok: true });
  });

  test('that is read-only says so, and takes nothing', async () => {
    const id = await slack.addChannel('giveaways');
    await slack.alterChannel(id, { isReadOnly: true });
    expect(await info(id)).toMatchObject({ ok: true, channel: { is_read_only: true, is_member: true } });
    expect(await post(id)).toEqual({ ok: false, error: 'restricted_action_read_only_channel' });
    await slack.alterChannel(id, { isReadOnly: false });
    expect(await info(id)).not.toHaveProperty('channel.is_read_only');
    expect(await post(id)).toMatchObject({ ok: true });
  });

  test('that takes replies alone says so, and takes nothing else', async () => {
    const id = await slack.addChannel('giveaways');
    await slack.alterChannel(id, { isThreadOnly: true });
    expect(await info(id)).toMatchObject({ ok: true, channel: { is_thread_only: true } });
    expect(await post(id)).toEqual({ ok: false, error: 'restricted_action_thread_only_channel' });
  });

  test('is sent as Slack sends it when its name is typed; so are people and addresses', async () => {
    const id = await slack.addChannel('giveaways');
    const { users } = slack;
    const sent = (text: string) => sentText(text, slack);
    expect(sent('start "Mug" in #giveaways')).toBe(`start "Mug" in <#${id}|giveaways>`);
    expect(sent('in #general, #nowhere and a#general')).toBe(
      `in <#${slack.channels.announce}|general>, #nowhere and a#general`,
    );
    expect(sent('"@ada" @nobody @here')).toBe(`"<@${users['ada']}|ada>" @nobody <!here>`);
    expect(sent('enter https://github.com/ada?a=1&b')).toBe('enter <https://github.com/ada?a=1&amp;b>');
    expect(sent('enter "github.com/ada"')).toBe('enter "<http://github.com/ada|github.com/ada>"');
    expect(sent('A & B <@U0123456789> <https://a.example>')).toBe(
      'A &amp; B &lt;@U0123456789&gt; &lt;https://a.example&gt;',
    );
  });
  test.each([
    '@here and @everyone, @ada and @nobody',
    '#general, #nowhere',
    'https://evil.example/path?a=1&b=2',
    'github.com/octocat',
    'A & B <C> &lt;D&gt;',
    '<!channel> <@U0123456789> <#C0123456789|general>',
  ])('leaves what was typed to be read again: %s', (typed) => {
    expect(typedText(sentText(typed, slack))).toBe(typed);
  });
});
