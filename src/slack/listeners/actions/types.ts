import type { RequestLog } from '../../../log.ts';
import type { Message } from '../../blocks/text.ts';
import type { DrawRef } from '../../draw-ref.ts';
import type { Services } from '../../services.ts';
import type { Later } from '../commands/types.ts';
import type { Entry } from '../rights.ts';

/** Who pressed a button, and where. */
export interface ActionRequest {
  /** Its lines carry the request's ID. */
  readonly log: RequestLog;
  readonly member: string;
  /** The channel of the message that the button is in. */
  readonly channel: string;
  /** The draw that the button was shown for; in messages of older releases, whichever is on in the home channel. */
  readonly draw: DrawRef;
  /** The button's value, as it is. */
  readonly value: string;
  /** Lets the bot open a dialog, for 3 seconds. */
  readonly triggerId: string;
  readonly later: Later;
}

/** What the person sees: messages, the first of which may take the place of the one that the button is in. */
export interface ActionAnswer {
  readonly messages: readonly Message[];
  readonly replaces: boolean;
}

/** A button. */
export interface Action extends Entry {
  readonly actionId: string;
  /** What a person reads on it; empty where that depends. */
  readonly label: string;
  /** Answers a press; nothing when a dialog has opened. */
  handle(services: Services, request: ActionRequest): Promise<ActionAnswer | undefined>;
}
