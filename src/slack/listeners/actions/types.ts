import type { Message } from '../../blocks/text.ts';
import type { Services } from '../../services.ts';

/** Who pressed a button, and where. */
export interface ActionRequest {
  readonly member: string;
  /** The channel of the message that the button is in. */
  readonly channel: string;
  /** Lets the bot open a dialog, for 3 seconds. */
  readonly triggerId: string;
}

/** What the person sees. */
export interface ActionAnswer {
  readonly message: Message;
  /** Whether it takes the place of the message that the button is in (a control panel). */
  readonly replace: boolean;
}

/** Answers a press of a button; nothing when a dialog has opened. */
export type ActionHandler = (services: Services, request: ActionRequest) => Promise<ActionAnswer | undefined>;
