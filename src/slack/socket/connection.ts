import WebSocket from 'ws';
import { z } from 'zod';
import { type Fields, isObject, parseObject } from '../fields.ts';
import { Heartbeat } from './heartbeat.ts';

/** The peer may take this long to finish a close, in milliseconds: Slack leaves TCP open after its close frame. */
const CLOSE_TIMEOUT = 1_000;

/** Slack's messages are a few kilobytes, in bytes; a dialog with full inputs is some ten. */
const MAX_MESSAGE = 1024 * 1024;

const TOO_LATE = 'no hello in time';

/** Source: docs.slack.dev, "Using Socket Mode", disconnect messages. */
const farewell = z.object({ reason: z.string().default('no reason given') });

/** Source: docs.slack.dev, "Using Socket Mode", the payload of events. */
const envelope = z.object({
  envelope_id: z.string().min(1),
  payload: z.custom<Fields>(isObject),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
});

/** A command, button, dialog or event as it came over a socket. */
export interface Envelope {
  readonly payload: Fields;
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
  /**
   * Acknowledges it over the socket by which it came.
   * @throws when that socket has closed
   */
  ack(body: Record<string, unknown>): Promise<void>;
}

/** What ends the time of a socket. */
export type Ending =
  /** Slack will close it within seconds, and asks for another one first. */
  | { readonly kind: 'refresh' }
  /** Slack does not want it, `too_many_websockets` say. */
  | { readonly kind: 'unwanted'; readonly reason: string }
  | { readonly kind: 'closed' };

export type OpenOutcome =
  | { readonly kind: 'open'; readonly connection: Connection }
  /** No socket could be opened; `reason` in a word or two (`ENOTFOUND`, `HTTP 403`). */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Slack did not want it, and said why instead of its hello (`too_many_websockets`). */
  | { readonly kind: 'unwanted'; readonly reason: string };

export interface ConnectionOptions {
  readonly url: string;
  /** Handles what comes in, and settles once it is done with it; must not reject. */
  readonly handle: (envelope: Envelope) => Promise<void>;
  /** Gives the socket up while it is being opened; none is left behind then. */
  readonly signal: AbortSignal;
}

/** Opens a socket, and waits until Slack has said hello on it. */
export async function openConnection({ url, handle, signal }: ConnectionOptions): Promise<OpenOutcome> {
  if (signal.aborted) return { kind: 'failed', reason: TOO_LATE };
  // The types of the package do not have `closeTimeout` yet.
  const options: WebSocket.ClientOptions & { readonly closeTimeout: number } = {
    closeTimeout: CLOSE_TIMEOUT,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  };
  const socket = new WebSocket(url, options);
  let problem: string | undefined;
  const giveUp = () => {
    problem ??= TOO_LATE;
    socket.terminate();
  };
  socket.on('error', (error) => {
    problem ??= reasonIn(error);
  });
  signal.addEventListener('abort', giveUp, { once: true });
  const outcome = await new Promise<OpenOutcome>((resolve) => {
    socket.once('close', () => resolve({ kind: 'failed', reason: problem ?? 'closed before its hello' }));
    const connection = new Connection(socket, handle, () => resolve({ kind: 'open', connection }));
    // Slack may say so instead of its hello.
    connection.ending.then((ending) => ending.kind === 'unwanted' && resolve(ending));
  });
  signal.removeEventListener('abort', giveUp);
  if (outcome.kind === 'unwanted') socket.terminate();
  return outcome;
}

/** One socket to Slack. It is kept until it closes; whoever opened it opens the next one. */
export class Connection {
  /** Settles when another socket is needed; this one may still be open then. */
  readonly ending: Promise<Ending>;
  /** Settles when nothing comes over this socket any more. */
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #handle: ConnectionOptions['handle'];
  readonly #inHand = new Set<Promise<void>>();
  #end: (ending: Ending) => void = () => {};

  constructor(socket: WebSocket, handle: ConnectionOptions['handle'], onHello: () => void) {
    this.#socket = socket;
    this.#handle = handle;
    this.ending = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    this.closed.then(() => this.#end({ kind: 'closed' }));
    new Heartbeat(socket);
    socket.on('message', (data, isBinary) => {
      const read = isBinary ? undefined : parseObject(String(data));
      if (typeof read?.['type'] !== 'string') return;
      if (read['type'] === 'hello') onHello();
      else if (read['type'] === 'disconnect') this.#disconnect(read);
      else this.#take(read);
    });
  }

  /** Whether it takes acknowledgements now. */
  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Settles once everything that came in has been handled. */
  async idle(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.all(this.#inHand);
  }

  /** Closes it, whatever Slack does. */
  async close(): Promise<void> {
    this.#socket.close(1000);
    await this.closed;
  }

  #disconnect(read: Fields): void {
    const { data } = farewell.safeParse(read);
    if (data === undefined) return;
    const { reason } = data;
    const isRefresh = reason === 'refresh_requested' || reason === 'warning';
    this.#end(isRefresh ? { kind: 'refresh' } : { kind: 'unwanted', reason });
  }

  #take(read: Fields): void {
    const { data } = envelope.safeParse(read);
    if (data === undefined) return;
    const work = this.#handle({
      payload: data.payload,
      retryNum: data.retry_attempt,
      retryReason: data.retry_reason,
      ack: (payload) => this.#send({ envelope_id: data.envelope_id, payload }),
    });
    this.#inHand.add(work);
    work.finally(() => this.#inHand.delete(work));
  }

  #send(answer: unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) return reject(new Error('The socket by which it came has closed'));
      this.#socket.send(JSON.stringify(answer), (error) => (error ? reject(error) : resolve()));
    });
  }
}

/** The reason in an error of the socket, without its address, which holds a ticket. */
function reasonIn(error: Error): string {
  const status = /^Unexpected server response: (\d+)/.exec(error.message)?.[1];
  if (status !== undefined) return `HTTP ${status}`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
