import { enterDialog } from '../../blocks/dialogs.ts';
import type { ActionHandler } from './types.ts';

/** "Enter the draw": opens the dialog that asks for a GitHub ID. */
export const enter: ActionHandler = async ({ client }, { triggerId }) => {
  await client.views.open({ trigger_id: triggerId, view: enterDialog() });
  return undefined;
};
