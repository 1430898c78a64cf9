import { setTimeout as sleep } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { reasonOf, refusal, slackErrorOf } from '../refusal.ts';
import { type Connection, type Ending, openConnection } from './connection.ts';
import type { SocketEventsReceiver } from './receiver.ts';

/** The socket may take this long to open, in milliseconds. */
const OPEN_TIMEOUT = 15_000;

/** Between two tries to open one, in milliseconds; each pause is half as long again as the one before. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;

/** The first pause after Slack did not want a socket, in milliseconds; each further one is twice as long. */
const FIRST_UNWANTED_PAUSE = 1_000;
const LONGEST_UNWANTED_PAUSE = 60_000;

/** Slack closes an old socket some ten seconds after its warning; what it does not close is closed here, in milliseconds. */
const LINGER = 15_000;

/** An acknowledgement later than this is of no use to Slack, in milliseconds. */
const ACK_TIME = 3_000;

type Attempt =
  | { readonly kind: 'open'; readonly connection: Connection }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unwanted'; readonly reason: string }
  | { readonly kind: 'failed'; readonly problem: string; readonly waitAtLeast: number };

export interface KeeperOptions {
  /** Asks Slack once: trying again is done here. */
  readonly client: webApi.WebClient;
  readonly receiver: SocketEventsReceiver;
  readonly log: Log;
}

/**
 * Keeps a Socket Mode connection open. Bolt's own client has one socket at a time: it gives the old one up before it opens
 * another, and what Slack sends in between is lost.
 */
export class SocketKeeper {
  readonly #options: KeeperOptions;
  readonly #stopping = new AbortController();
  readonly #connections = new Set<Connection>();
  /** Those that Slack wants to be replaced. */
  readonly #leaving = new Set<Connection>();
  #done: Promise<void> | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Whether a socket is open now. */
  get isOpen(): boolean {
    return [...this.#connections].some(({ isOpen }) => isOpen);
  }

  /**
   * Opens a socket and keeps one open. To be called once.
   * @param onRefused told in plain words when Slack refuses the token for good
   */
  start(onRefused: (reason: string) => void): void {
    this.#done ??= this.#keepOpen(onRefused);
  }

  /** Closes every socket, and leaves them closed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    // A call of Slack's that is under way opens nothing any more.
    await Promise.race([this.#done, sleep(1_000)]);
  }

  async #keepOpen(onRefused: (reason: string) => void): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stopping;
    let pause = FIRST_PAUSE;
    let unwanted = 0;
    let told = '';
    while (!signal.aborted) {
      const attempt = await this.#open();
      if (signal.aborted) return;
      if (attempt.kind === 'refused') return onRefused(attempt.reason);
      if (attempt.kind === 'unwanted') {
        unwanted += 1;
        this.#sayUnwanted(attempt.reason);
        await this.#pause(unwantedPause(unwanted));
        continue;
      }
      if (attempt.kind === 'failed') {
        if (told !== attempt.problem) log.error(attempt.problem);
        told = attempt.problem;
        pause = Math.min(pause * 1.5, LONGEST_PAUSE);
        await this.#pause(Math.max(pause, attempt.waitAtLeast));
        continue;
      }
      log.info('Connected to Slack over Socket Mode');
      told = '';
      pause = FIRST_PAUSE;
      this.#retireOld();
      const ending = await attempt.connection.ending;
      if (signal.aborted) return;
      unwanted = ending.kind === 'unwanted' ? unwanted + 1 : 0;
      this.#leave(attempt.connection, ending);
      await this.#pause(unwanted === 0 ? FIRST_PAUSE : unwantedPause(unwanted));
    }
  }

  async #open(): Promise<Attempt> {
    const { client, receiver } = this.#options;
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(OPEN_TIMEOUT)]);
    try {
      const { url } = await client.apps.connections.open({});
      if (url === undefined || !URL.canParse(url)) return failed('Slack gave no address for a socket');
      const outcome = await openConnection({ url, handle: receiver.handle, signal });
      if (outcome.kind === 'open') {
        this.#keep(outcome.connection);
        return outcome;
      }
      if (outcome.kind === 'unwanted') return outcome;
      return failed(
        `No socket to ${new URL(url).hostname} could be opened (${outcome.reason}); trying again until one can`,
      );
    } catch (err) {
      if (slackErrorOf(err) === 'missing_scope') return { kind: 'refused', reason: LACKS_SCOPE };
      const refused = refusal(err);
      if (refused !== undefined) return { kind: 'refused', reason: `Slack refused SLACK_APP_TOKEN (${refused}).` };
      const wait = err instanceof webApi.WebAPIRateLimitedError ? err.retryAfter * 1000 : 0;
      return failed(`Slack cannot be reached (${reasonOf(err)}); trying again until it can`, wait);
    }
  }

  #keep(connection: Connection): void {
    this.#connections.add(connection);
    connection.closed.then(() => {
      this.#connections.delete(connection);
      this.#leaving.delete(connection);
    });
  }

  /** What becomes of a socket whose time is over. */
  #leave(connection: Connection, ending: Ending): void {
    const { log } = this.#options;
    if (ending.kind === 'refresh') {
      this.#leaving.add(connection);
      log.info('Slack asks for a new socket; opening one beside the old one');
    } else if (ending.kind === 'unwanted') {
      this.#sayUnwanted(ending.reason);
      this.#finish(connection);
    } else {
      log.info('The socket was closed; opening a new one');
    }
  }

  #sayUnwanted(reason: string): void {
    this.#options.log.warn(`Slack does not want this socket (${reason}); opening a new one after a pause`);
  }

  /** Gives up the sockets that a new one has replaced, once Slack sends nothing there any more. */
  #retireOld(): void {
    for (const connection of this.#leaving) {
      this.#leaving.delete(connection);
      this.#retire(connection);
    }
  }

  async #retire(connection: Connection): Promise<void> {
    await this.#within(LINGER, connection.closed);
    await this.#finish(connection);
  }

  /** Closes a socket once what came over it is acknowledged. */
  async #finish(connection: Connection): Promise<void> {
    await this.#within(ACK_TIME, Promise.race([connection.closed, connection.idle()]));
    await connection.close();
  }

  /** Waits for `done`, at most this long, and no longer than the bot runs. */
  async #within(milliseconds: number, done: Promise<void>): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, over.signal]);
    await Promise.race([done, sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {})]);
    over.abort();
  }

  /** Waits, unless the bot is stopped. */
  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => {});
  }
}

/** As `README.md` says it. */
const LACKS_SCOPE =
  'Slack refused SLACK_APP_TOKEN (missing_scope): it lacks connections:write. Make a new one: Basic Information, App-Level Tokens, Generate Token and Scopes, Add Scope connections:write.';

function failed(problem: string, waitAtLeast = 0): Attempt {
  return { kind: 'failed', problem, waitAtLeast };
}

/** An app may have ten sockets: another one that is opened at once is not wanted either. */
function unwantedPause(times: number): number {
  return Math.min(FIRST_UNWANTED_PAUSE * 2 ** (times - 1), LONGEST_UNWANTED_PAUSE);
}
