import { note } from '../../blocks/parts.ts';
import type { Mrkdwn } from '../../blocks/text.ts';
import type { DrawRef } from '../../draw-ref.ts';
import { panelNow } from '../../panel.ts';
import type { Services } from '../../services.ts';
import type { ActionAnswer } from './types.ts';

/** The control panel after a step, in the place of the old one; only the words to whom it is not for. */
export async function afterStep(
  services: Services,
  outcome: { readonly kind: string },
  said: Mrkdwn,
  { channel }: DrawRef,
): Promise<ActionAnswer> {
  if (outcome.kind === 'not_allowed') return { messages: [note(said)], replaces: false };
  return { messages: [await panelNow(services, { after: { said, channel } })], replaces: true };
}
