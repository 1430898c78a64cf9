import type { ModalView } from '@slack/types';
import { enterDialog } from '../../blocks/dialogs.ts';
import { overText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import { openDialog } from '../../dialog.ts';
import { type DrawRef, isReplaced } from '../../draw-ref.ts';
import type { Services } from '../../services.ts';
import type { Action, ActionAnswer } from './types.ts';

/** "Enter the draw": opens the dialog that asks for a GitHub ID, for the draw that the button was shown for. */
export const enter: Action['handle'] = (services, { draw, triggerId }) =>
  askForId(services, triggerId, enterDialog(draw), draw);

/** Opens the dialog, unless the draw it is for is over, as far as is known: the step looks closely. */
export async function askForId(
  { client, directory }: Services,
  triggerId: string,
  dialog: ModalView,
  draw: DrawRef,
): Promise<ActionAnswer | undefined> {
  if (isReplaced(await directory.lastRead(), draw) && isReplaced(await directory.read(), draw)) {
    return { messages: [note(overText())], replaces: false };
  }
  const late = await openDialog(client, triggerId, dialog, '/prizedraw enter your-github-id in #channel');
  return late && { messages: [late], replaces: false };
}
