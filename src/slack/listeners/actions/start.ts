import { startDialog } from '../../blocks/dialogs.ts';
import { notAllowedText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import { START_EXAMPLE } from '../../blocks/starting.ts';
import { openDialog } from '../../dialog.ts';
import type { ActionHandler } from './types.ts';

/** "Start a draw": opens the dialog that asks for prizes and duration. */
export const start: ActionHandler = async ({ client, mayOrganise }, { channel, triggerId }) => {
  if (!mayOrganise(channel)) return { message: note(notAllowedText()), replace: false };
  const late = await openDialog(client, triggerId, startDialog(channel), START_EXAMPLE);
  return late && { message: late, replace: false };
};
