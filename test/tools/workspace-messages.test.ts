import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SCOPES } from '../support/fixtures/bot.ts';
import { type Slack, startSlack } from '../support/workspace/slack.ts';

let slack: Slack;

beforeEach(async () => {
  slack = await startSlack({ scopes: SCOPES });
});

afterEach(() => slack.close());

describe('a message', () => {
  const send = async (method: string, args: Record<string, unknown>): Promise<unknown> => {
    const reply = await request(slack.apiUrl + method, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: slack.channels.announce, ...args }),
    });
    return reply.body.json();
  };
  const section = (text: string, more: object = {}) => ({ type: 'section', text: { type: 'mrkdwn', text }, ...more });
  const image = { type: 'image', image_url: 'https://a.example/1', alt_text: 'A' };

  test('that is too long is refused, posted or changed; without blocks it may be taken', async () => {
    const long = Array.from({ length: 6 }, () => section('x'.repeat(2_900)));
    const { ts } = z.object({ ts: z.string() }).parse(await send('chat.postMessage', { text: 'x', blocks: [] }));
    expect(await send('chat.postMessage', { text: 'x', blocks: long })).toEqual({
      ok: false,
      error: 'msg_blocks_too_long',
    });
    expect(await send('chat.update', { ts, text: 'x', blocks: long })).toEqual({
      ok: false,
      error: 'msg_blocks_too_long',
    });
    slack.setMessageRules({ text: 10 });
    expect(await send('chat.postMessage', { text: 'x'.repeat(11) })).toEqual({ ok: false, error: 'msg_too_long' });
    expect(await send('chat.postMessage', { text: 'x'.repeat(10), blocks: [] })).toMatchObject({ ok: true });
  });

  test('that has an image which cannot be fetched is refused', async () => {
    slack.setMessageRules({ brokenImages: ['https://a.example/1'] });
    const blocks = [section('x', { accessory: image })];
    expect(await send('chat.postMessage', { text: 'x', blocks })).toEqual({ ok: false, error: 'invalid_blocks' });
    expect(await send('chat.postMessage', { text: 'x', blocks: [section('x')] })).toMatchObject({ ok: true });
  });

  test('is in the page of a history that was asked for, the newest first', async () => {
    const sent: string[] = [];
    for (let index = 0; index < 5; index++) {
      sent.push(z.object({ ts: z.string() }).parse(await send('chat.postMessage', { text: `${index}` })).ts);
    }
    const page = (args: object) => send('conversations.history', { include_all_metadata: true, ...args });
    const shown = (...texts: string[]) => ({ messages: texts.map((text) => expect.objectContaining({ text })) });
    const [first, , , fourth] = sent;
    expect(await page({ oldest: first, limit: 2 })).toMatchObject({ ...shown('4', '3'), has_more: true });
    expect(await page({ oldest: first, latest: fourth, limit: 2 })).toMatchObject({
      ...shown('2', '1'),
      has_more: false,
    });
    slack.setMessageRules({ historyPage: 1 });
    expect(await page({ limit: 2 })).toMatchObject({ ...shown('4'), has_more: true });
  });

  test('can be kept from being changed or deleted', async () => {
    const { ts } = z.object({ ts: z.string() }).parse(await send('chat.postMessage', { text: 'x' }));
    slack.setMessageRules({ noChange: 'edit_window_closed', noDeletion: 'cant_delete_message' });
    expect(await send('chat.update', { ts, text: 'y' })).toEqual({ ok: false, error: 'edit_window_closed' });
    expect(await send('chat.delete', { ts })).toEqual({ ok: false, error: 'cant_delete_message' });
    slack.setMessageRules({});
    expect(await send('chat.update', { ts, text: 'y', blocks: [] })).toMatchObject({ ok: true });
    expect(await send('chat.delete', { ts })).toMatchObject({ ok: true });
  });
});
