import { startDialog } from '../../blocks/dialogs.ts';
import { START_EXAMPLE } from '../../blocks/starting.ts';
import { openDialog } from '../../dialog.ts';
import type { Action } from './types.ts';

/** "Start a draw": opens the dialog that asks for prizes, duration and channel. */
export const start: Action['handle'] = async ({ client, draws }, { channel, triggerId }) => {
  const typed = { prizes: undefined, duration: undefined, announceIn: draws.home.channel };
  const late = await openDialog(client, triggerId, startDialog({ from: channel, typed }), START_EXAMPLE);
  return late && { messages: [late], replaces: false };
};
