import type { Fields } from './json.ts';

/** How the bot acknowledged what Slack sent it. */
export interface Ack {
  /** The HTTP status; 200 over a socket. */
  readonly status: number;
  /** The parsed JSON, or the text; undefined where there is none. */
  readonly body: unknown;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** The two ways by which Slack hands things to the bot: HTTP and Socket Mode. */
export interface Transport {
  /** Sends a slash command, or a click or submission; fails where no answer comes within 10 s. */
  send(kind: 'slash_commands' | 'interactive', payload: Fields): Promise<Ack>;
}
