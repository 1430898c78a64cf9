import { enterDialog } from '../../blocks/dialogs.ts';
import { openDialog } from '../../dialog.ts';
import type { ActionHandler } from './types.ts';

/** "Enter the draw": opens the dialog that asks for a GitHub ID. */
export const enter: ActionHandler = async ({ client }, { triggerId }) => {
  const late = await openDialog(client, triggerId, enterDialog(), '/prizedraw enter your-github-id');
  return late && { message: late, replace: false };
};
