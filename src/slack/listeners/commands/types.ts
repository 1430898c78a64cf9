import type { Message } from '../../blocks/text.ts';
import type { Services } from '../../services.ts';

/** What a person typed after `/prizedraw <subcommand>`, and where. */
export interface CommandRequest {
  readonly member: string;
  readonly channel: string;
  /** The rest of the text, as Slack sent it: its entities are not yet decoded. */
  readonly rest: string;
  /** Lets the bot open a dialog, for 3 seconds. */
  readonly triggerId: string;
}

/** Answers a subcommand. No message at all is an answer too: a dialog has opened. */
export type CommandHandler = (services: Services, request: CommandRequest) => Promise<readonly Message[]>;

/** One subcommand. The help, the answer to unknown ones and the README's table are made from these. */
export interface Subcommand {
  readonly name: string;
  /** As typed, without `/prizedraw`. */
  readonly usage: string;
  readonly help: string;
  readonly who: 'anyone' | 'organisers';
  readonly handle: CommandHandler;
}
