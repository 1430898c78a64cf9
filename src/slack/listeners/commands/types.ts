import type { Draw } from '../../../draw/index.ts';
import type { AppliesTo } from '../../../draw/which.ts';
import type { RequestLog } from '../../../log.ts';
import type { Message } from '../../blocks/text.ts';
import type { Services } from '../../services.ts';
import type { Entry } from '../rights.ts';

/** Says something more to whoever asked, when their request has been answered; it may take the place of the message with the button. */
export type Later = (message: Message, replaces: boolean) => Promise<void>;

/** What a person typed after `/prizedraw <subcommand>`, and where. */
export interface CommandRequest {
  /** Its lines carry the request's ID. */
  readonly log: RequestLog;
  readonly member: string;
  readonly channel: string;
  /** The rest of the text, as Slack sent it, without `in #channel` at its end: its entities are not yet decoded. */
  readonly rest: string;
  /** The channel that was named. */
  readonly named: string | undefined;
  /** Lets the bot open a dialog, for 3 seconds. */
  readonly triggerId: string;
  readonly later: Later;
}

/** Answers a subcommand. No message at all is an answer too: a dialog has opened. */
export type CommandHandler = (services: Services, request: CommandRequest) => Promise<readonly Message[]>;

/** Answers a subcommand that is about one draw. */
export type DrawCommandHandler = (
  services: Services,
  request: CommandRequest,
  draw: Draw,
) => Promise<readonly Message[]>;

/** One subcommand. The help, the answer to unknown ones and the README's table are made from these. */
export type Subcommand = Entry & {
  readonly name: string;
  /** As typed, without `/prizedraw`. */
  readonly usage: string;
  readonly help: string;
} & (
    | { readonly handle: CommandHandler }
    | {
        /** To which draws it can apply, where none is named. */
        readonly on: AppliesTo;
        /** What a button says that does it for one of several draws. */
        readonly label: string;
        readonly handleDraw: DrawCommandHandler;
      }
  );

/** A subcommand that is about one draw. */
export type DrawSubcommand = Extract<Subcommand, { readonly on: AppliesTo }>;
