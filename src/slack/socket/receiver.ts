import type { App, Receiver } from '@slack/bolt';
import { type Log, newRequestId, requestLog } from '../../log.ts';
import { type Fields, isObject } from '../fields.ts';
import { withRequestId } from '../request-log.ts';
import type { Envelope } from './connection.ts';

/** What goes to Slack where a listener acknowledges with a text, the parts of a message or of a dialog, or nothing. */
function answer(content: unknown): Fields {
  if (typeof content === 'string') return { text: content };
  return isObject(content) ? content : {};
}

/** Hands to Bolt what comes over a socket. Sockets are opened and closed by whoever made it. */
export class SocketEventsReceiver implements Receiver {
  readonly #log: Log;
  #app: App | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Handles one envelope. Never throws. */
  readonly handle = async ({ payload, retryNum, retryReason, ack }: Envelope): Promise<void> => {
    const id = newRequestId();
    let isAcknowledged = false;
    try {
      await this.#app?.processEvent({
        body: payload,
        customProperties: withRequestId(id),
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
        ack: async (body: unknown) => {
          // Slack takes the first one alone.
          if (isAcknowledged) return;
          isAcknowledged = true;
          await ack(answer(body));
        },
      });
    } catch (err) {
      // Errors of listeners do not come here: Bolt takes fields for granted that a payload of this type has.
      requestLog(this.#log, id).warn({ err }, 'A payload over the socket was malformed');
    }
  };
}
