import type { Content } from './desired.ts';

/** What a message carries, so that it can be found again: of which draw it is, and which of its messages. */
export interface Mark {
  readonly draw: string;
  readonly part: string;
}

/** A part of a channel's history. Times are Slack's, in milliseconds since the epoch. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** Only what was posted before the message with this timestamp; undefined: everything. */
  readonly before: string | undefined;
}

/** A message of ours in a channel. */
export type Found = Mark & { readonly ts: string };

/** One page of a channel's history. */
export interface Page {
  /** Ours among its messages. */
  readonly messages: readonly Found[];
  /** The page after it has what was posted before the message with this timestamp; undefined: there is none. */
  readonly next: string | undefined;
}

/** What changing a message came to: done; it is not there any more; it is there, and Slack lets nobody change it. */
export type Change = 'done' | 'gone' | 'fixed';

/** What deleting a message came to: it is not there any more; or Slack does not let it be deleted. */
export type Removal = 'gone' | 'stays';

/** Called at the very last moment before something is sent; what it throws keeps that from being sent. */
export type Check = () => void;

/**
 * Where announcements go. `src/slack/channel.ts` provides it. Each method asks once, and throws a `ChannelError` or what
 * `check` throws.
 */
export interface Messenger {
  /** Posts a message, and returns its timestamp: seconds since the epoch, as a text that names it in its channel. */
  post(channel: string, content: Content, mark: Mark, check: Check): Promise<string>;
  /** Changes a message in place. */
  update(channel: string, ts: string, content: Content, mark: Mark, check: Check): Promise<Change>;
  /** Deletes a message, if it is there. */
  remove(channel: string, ts: string, check: Check): Promise<Removal>;
  /** Reads one page of what was posted between two times, the newest first. */
  between(channel: string, window: Window): Promise<Page>;
  /**
   * Slack's own clock, in milliseconds since the epoch; Slack is asked where it is not known yet. What was posted when is
   * known by it alone: this machine's clock may be wrong.
   * @param channel for which it is asked
   */
  clock(channel: string): Promise<() => number>;
}

/** A message could not be posted, changed or looked for, or nobody knows whether it was. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  /** What is wrong, in plain words, and what to do about it. */
  readonly problem: string;
  /** Whether it may have been done all the same. */
  readonly isUnsure: boolean;
  /** How long to leave the channel alone, in milliseconds; undefined: not said. */
  readonly retryAfter: number | undefined;
  /** Whether it is this message that is refused, and not every one. */
  readonly isOfMessage: boolean;

  constructor(
    problem: string,
    {
      isUnsure,
      retryAfter,
      isOfMessage = false,
      cause,
    }: { isUnsure: boolean; retryAfter: number | undefined; isOfMessage?: boolean; cause: unknown },
  ) {
    super(problem, { cause });
    this.problem = problem;
    this.isUnsure = isUnsure;
    this.retryAfter = retryAfter;
    this.isOfMessage = isOfMessage;
  }
}
