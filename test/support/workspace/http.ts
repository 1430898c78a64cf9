import { createHmac } from 'node:crypto';
import { Agent, type Dispatcher, Pool, request } from 'undici';
import { parseJson } from './json.ts';
import type { Ack, Transport } from './transport.ts';

const PATH = '/slack/events';

interface Options {
  /** The bot's address, without a path. */
  readonly url: string;
  readonly signingSecret: string;
  /** How many requests may be under way at once. */
  readonly connections?: number;
}

/** Sends what Slack sends in HTTP mode: signed forms, over connections that are kept open until `close()`. */
export function httpTransport(options: Options): Transport & { close(): Promise<void> } {
  const pool = new Pool(options.url, { connections: options.connections ?? 50, headersTimeout: 10_000 });
  return {
    send(kind, payload) {
      const form = kind === 'interactive' ? { payload: JSON.stringify(payload) } : textFields(payload);
      const raw = new URLSearchParams(form).toString();
      const headers = signedHeaders(options.signingSecret, raw);
      return timed(() => pool.request({ method: 'POST', path: PATH, headers, body: raw }));
    },
    close: () => pool.destroy(),
  };
}

/**
 * Posts any body at all, correctly signed, over a connection of its own.
 * @param url the bot's address, without a path
 * @param headers replace the usual ones, by lower-case name
 */
export async function signedPost(
  url: string,
  secret: string,
  rawBody: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Ack> {
  const dispatcher = new Agent({ headersTimeout: 10_000 });
  const all = { ...signedHeaders(secret, rawBody), ...headers };
  try {
    return await timed(() => request(url + PATH, { method: 'POST', headers: all, body: rawBody, dispatcher }));
  } finally {
    await dispatcher.destroy();
  }
}

/**
 * The signature of a request, version 0: HMAC-SHA256.
 * @param timestamp seconds since 1970
 * @returns the value of `x-slack-signature`
 */
export function signature(secret: string, rawBody: string, timestamp: number): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${rawBody}`).digest('hex')}`;
}

function signedHeaders(secret: string, rawBody: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signature(secret, rawBody, timestamp),
  };
}

async function timed(post: () => Promise<Dispatcher.ResponseData>): Promise<Ack> {
  const start = performance.now();
  const reply = await post();
  const text = await reply.body.text();
  const body = text === '' ? undefined : (parseJson(text) ?? text);
  return { status: reply.statusCode, body, ms: performance.now() - start };
}

function textFields(payload: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}
