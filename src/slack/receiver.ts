import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import type { App, Receiver } from '@slack/bolt';
import { type Log, newRequestId, requestLog } from '../log.ts';
import { refuse } from '../refuse-request.ts';
import { type Fields, parseObject } from './fields.ts';
import { withRequestId } from './request-log.ts';

/** Slack's requests are a few kilobytes, in bytes; a dialog with full inputs is some ten. */
const BODY_LIMIT = 256 * 1024;

/** A request may be so old, or so far ahead, in seconds. Source: docs.slack.dev, "Verifying requests from Slack". */
const LARGEST_SKEW = 5 * 60;

/**
 * Takes Slack's signed requests from a server that listens already, and hands them to Bolt. Bolt's own receiver brings
 * its own server, takes twice as long to check a signature, and a correctly signed `payload=null` ends its process.
 */
export class SlackEventsReceiver implements Receiver {
  readonly #signingSecret: string;
  readonly #log: Log;
  #app: App | undefined;

  constructor(signingSecret: string, log: Log) {
    this.#signingSecret = signingSecret;
    this.#log = log;
  }

  init(app: App): void {
    this.#app = app;
  }

  /** The server is started and stopped by whoever made it. */
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Handles one `POST /slack/events`. Answers every request, and never throws. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    const id = newRequestId();
    this.#handle(request, response, id).catch((err: unknown) => {
      requestLog(this.#log, id).error({ err }, 'A request from Slack could not be handled');
      end(response, 500);
    });
  };

  async #handle(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const warn = (said: string, about: object = {}): void => requestLog(this.#log, id).warn(about, said);
    const read = await this.#readSigned(request);
    if (!('raw' in read)) {
      warn(REFUSED, { reason: read.reason });
      return refuse(request, response, { status: read.status });
    }
    const body = parseBody(read.raw, request.headers['content-type']);
    if (body === undefined) {
      warn('A signed request was malformed');
      return end(response, 400);
    }
    if (body['ssl_check'] === '1') return end(response, 200);
    if (body['type'] === 'url_verification') return answer(response, { challenge: body['challenge'] });
    try {
      await this.#app?.processEvent({
        body,
        ack: async (content: unknown) => answer(response, content),
        customProperties: withRequestId(id),
      });
    } catch (err) {
      // Errors of listeners do not come here: Bolt takes fields for granted that a request of this type has.
      warn('A signed request was malformed', { err });
      return end(response, 400);
    }
    if (!response.writableEnded) warn('A signed request was for no listener');
    end(response, 404);
  }

  /** Reads the body of a request that Slack has signed, or says why it is refused. */
  async #readSigned(
    request: IncomingMessage,
  ): Promise<{ readonly raw: Buffer } | { readonly status: number; readonly reason: string }> {
    const signed = readSignature(request, Date.now());
    if (typeof signed === 'string') return { status: 401, reason: signed };
    let raw: Buffer | undefined;
    try {
      raw = await readBody(request);
    } catch (error) {
      return { status: 401, reason: error instanceof Error ? error.message : String(error) };
    }
    if (raw === undefined) return { status: 413, reason: 'it is too large' };
    // Source: docs.slack.dev, "Verifying requests from Slack".
    const expected = createHmac('sha256', this.#signingSecret).update(`v0:${signed.stamp}:`).update(raw).digest();
    return timingSafeEqual(expected, signed.signature) ? { raw } : { status: 401, reason: 'its signature is wrong' };
  }
}

const REFUSED = 'A request was refused: it is not signed by Slack, or not readable';

/** The signature of a request and its time, or why it cannot be Slack's, whatever its body says. */
function readSignature({ headers }: IncomingMessage, now: number): { signature: Buffer; stamp: string } | string {
  const signature = headers['x-slack-signature'];
  if (typeof signature !== 'string' || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'it has no signature';
  const stamp = headers['x-slack-request-timestamp'];
  if (typeof stamp !== 'string' || !/^\d{1,12}$/.test(stamp)) return 'it has no time';
  const ahead = Math.round(Number(stamp) - now / 1000);
  if (Math.abs(ahead) > LARGEST_SKEW) return `its time is ${Math.abs(ahead)} s ${ahead < 0 ? 'ago' : 'ahead'}`;
  return { signature: Buffer.from(signature.slice(3), 'hex'), stamp };
}

/**
 * Reads a body to its end.
 * @returns undefined, with the rest unread, where it is larger than allowed
 * @throws when the connection ends before
 */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= BODY_LIMIT) return;
      request.off('data', take);
      resolve(undefined);
    };
    request.on('data', take);
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** Reads what Slack sends: a form, with JSON in it or not, or JSON; undefined where it is no object. */
function parseBody(raw: Buffer, type = ''): Fields | undefined {
  const text = raw.toString();
  if (type !== 'application/x-www-form-urlencoded') return parseObject(text);
  const form = parseForm(text);
  return typeof form['payload'] === 'string' ? parseObject(form['payload']) : form;
}

/** Acknowledges a request, with a text, an object or nothing; Slack takes the first answer alone. */
function answer(response: ServerResponse, content: unknown): void {
  if (response.writableEnded) return;
  const text = typeof content === 'string' ? content : content === undefined ? '' : JSON.stringify(content);
  const type = typeof content === 'object' ? 'application/json' : 'text/plain; charset=utf-8';
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** Ends the response with a status alone, unless it has been answered. */
function end(response: ServerResponse, status: number): void {
  if (response.writableEnded) return;
  if (!response.headersSent) response.writeHead(status, { 'content-length': 0 });
  response.end();
}
