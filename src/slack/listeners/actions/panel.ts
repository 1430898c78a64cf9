import { controlPanel } from '../../blocks/panel.ts';
import { note } from '../../blocks/parts.ts';
import type { Mrkdwn } from '../../blocks/text.ts';
import type { Services } from '../../services.ts';
import type { ActionAnswer } from './types.ts';

/** The control panel after a step, in the place of the old one; only the words to whom it is not for. */
export async function afterStep(
  { draw, now }: Services,
  outcome: { readonly kind: string },
  said: Mrkdwn,
): Promise<ActionAnswer> {
  if (outcome.kind === 'not_allowed') return { message: note(said), replace: false };
  return { message: controlPanel(await draw.status(), now(), said), replace: true };
}
