import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../log.ts';
import { reasonOf, refusal } from './refusal.ts';

/** The socket may take this long to open, in milliseconds. */
const OPEN_TIMEOUT = 15_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;

type SocketClient = SocketModeReceiver['client'];

/**
 * Keeps the Socket Mode connection open. Bolt's own reconnecting waits 5 seconds first, while Slack closes sockets every
 * few hours on purpose, and gives up with an unhandled rejection on an HTTP error.
 */
export class SocketConnection {
  readonly #client: SocketClient;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #open = false;
  #done: Promise<void> | undefined;

  constructor(receiver: SocketModeReceiver, log: Log) {
    this.#client = receiver.client;
    this.#log = log;
    this.#client.on('connected', () => {
      this.#open = true;
    });
    this.#client.on('disconnected', () => {
      this.#open = false;
    });
  }

  /** Whether the socket is open now. */
  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * Opens the socket and keeps it open.
   * @returns why Slack refuses the token for good, in plain words; undefined once the connection is kept
   */
  start(onRefused: (reason: string) => void): void {
    this.#done = this.#keepOpen(onRefused);
  }

  /** Closes the socket and leaves it closed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#open) await Promise.race([this.#client.disconnect(), sleep(2_000)]);
    await Promise.race([this.#done, sleep(1_000)]);
  }

  async #keepOpen(onRefused: (reason: string) => void): Promise<void> {
    let pause = FIRST_PAUSE;
    let told = false;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#connect();
        this.#log.info('Connected to Slack over Socket Mode');
        pause = FIRST_PAUSE;
        told = false;
        await this.#closed();
        if (!this.#stopping.signal.aborted) this.#log.info('The socket was closed; opening a new one');
      } catch (err) {
        const refused = refusal(err);
        if (refused !== undefined) return onRefused(`Slack refused SLACK_APP_TOKEN (${refused}).`);
        if (!told) this.#log.error(`Slack cannot be reached (${reasonOf(err)}); trying again until it can`);
        told = true;
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
      await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
  }

  async #connect(): Promise<void> {
    const timeout = new AbortController();
    const tooLate = sleep(OPEN_TIMEOUT, undefined, { signal: timeout.signal }).then(() => {
      throw new Error(`Slack opened no socket within ${OPEN_TIMEOUT / 1000} seconds`);
    });
    tooLate.catch(() => {});
    try {
      await Promise.race([this.#client.start(), tooLate]);
    } finally {
      timeout.abort();
    }
  }

  #closed(): Promise<void> {
    if (!this.#open) return Promise.resolve();
    return new Promise((resolve) => this.#client.once('disconnected', () => resolve()));
  }
}
