import { enterDialog } from '../../blocks/dialogs.ts';
import { enterAnswer } from '../../blocks/entering.ts';
import { openDialog } from '../../dialog.ts';
import type { CommandHandler } from './types.ts';

/** Enters the draw; without an ID, opens the dialog that asks for it. */
export const enter: CommandHandler = async ({ enter: enterDraw, client }, { rest, member, triggerId }) => {
  if (rest !== '') return [enterAnswer(await enterDraw(rest, member))];
  const late = await openDialog(client, triggerId, enterDialog(), '/prizedraw enter your-github-id');
  return late ? [late] : [];
};
