import type { IncomingMessage, ServerResponse } from 'node:http';
import { type App, HTTPModuleFunctions, HTTPResponseAck, type Receiver } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { boltLogger } from '../log.ts';
import { refuse } from '../refuse-request.ts';

/** Slack's requests are a few kilobytes, in bytes; a dialog with full inputs is some ten. */
const BODY_LIMIT = 256 * 1024;

/** A request may be so old, or so far ahead, in seconds. Source: docs.slack.dev, "Verifying requests from Slack". */
const LARGEST_SKEW = 5 * 60;

/** Every request of Slack's is an object; Bolt takes that for granted. */
const object = z.record(z.string(), z.unknown());

/**
 * Takes Slack's signed requests from a server that listens already, and hands them to Bolt. Bolt's own receiver brings
 * its own server, and a correctly signed `payload=null` ends its process.
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
    this.#handle(request, response).catch((err: unknown) => {
      this.#log.error({ err }, 'A request from Slack could not be handled');
      end(response, 500);
    });
  };

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verified = await this.#verify(request);
    if ('refused' in verified) return refuse(request, response, { status: verified.refused });
    const body = readBody(verified.buffered);
    if (body === undefined) {
      this.#log.warn('A signed request was malformed');
      return end(response, 400);
    }
    if (body['ssl_check'] === '1') return end(response, 200);
    if (body['type'] === 'url_verification') {
      return HTTPModuleFunctions.buildUrlVerificationResponse(response, body);
    }
    const ack = new HTTPResponseAck({
      logger: boltLogger(this.#log),
      processBeforeResponse: false,
      httpRequest: verified.buffered,
      httpRequestBody: body,
      httpResponse: response,
    });
    try {
      await this.#app?.processEvent({ body, ack: ack.bind() });
    } catch (err) {
      // Errors of listeners do not come here: Bolt takes fields for granted that a request of this type has.
      this.#log.warn({ err }, 'A signed request was malformed');
      return end(response, 400);
    } finally {
      // Stops Bolt's own timer for requests that no listener has acknowledged.
      ack.ack();
    }
    if (!response.writableEnded) this.#log.warn('A signed request was for no listener');
    end(response, 404);
  }

  async #verify(request: IncomingMessage) {
    const problem = problemWithHeaders(request, Date.now());
    if (problem !== undefined) {
      this.#log.warn({ reason: problem }, REFUSED);
      return { refused: 401 };
    }
    try {
      const options = { enabled: true, signingSecret: this.#signingSecret, bodyLimit: BODY_LIMIT };
      return { buffered: await HTTPModuleFunctions.parseAndVerifyHTTPRequest(options, request) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.warn({ reason }, REFUSED);
      const tooLarge = HTTPModuleFunctions.isRawBodyError(error) && error.type === 'entity.too.large';
      return { refused: tooLarge ? 413 : 401 };
    }
  }
}

const REFUSED = 'A request was refused: it is not signed by Slack, or not readable';

/** Why a request cannot be Slack's, whatever its body says; undefined where it can be. */
function problemWithHeaders({ headers }: IncomingMessage, now: number): string | undefined {
  const signature = headers['x-slack-signature'];
  if (typeof signature !== 'string' || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'it has no signature';
  const stamp = headers['x-slack-request-timestamp'];
  if (typeof stamp !== 'string' || !/^\d{1,12}$/.test(stamp)) return 'it has no time';
  const ahead = Math.round(Number(stamp) - now / 1000);
  if (Math.abs(ahead) > LARGEST_SKEW) return `its time is ${Math.abs(ahead)} s ${ahead < 0 ? 'ago' : 'ahead'}`;
  return undefined;
}

function readBody(buffered: Parameters<typeof HTTPModuleFunctions.parseHTTPRequestBody>[0]) {
  try {
    return object.safeParse(HTTPModuleFunctions.parseHTTPRequestBody(buffered)).data;
  } catch {
    return undefined;
  }
}

/** Ends the response with a status alone, unless it has been answered. */
function end(response: ServerResponse, status: number): void {
  if (response.writableEnded) return;
  if (!response.headersSent) response.writeHead(status);
  response.end();
}
