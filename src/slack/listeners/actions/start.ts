import { startDialog } from '../../blocks/dialogs.ts';
import { notAllowedText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import type { ActionHandler } from './types.ts';

/** "Start a draw": opens the dialog that asks for prizes and duration. */
export const start: ActionHandler = async ({ client, mayOrganise }, { channel, triggerId }) => {
  if (!mayOrganise(channel)) return { message: note(notAllowedText()), replace: false };
  await client.views.open({ trigger_id: triggerId, view: startDialog(channel) });
  return undefined;
};
