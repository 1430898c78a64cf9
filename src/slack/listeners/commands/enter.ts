import { enterDialog } from '../../blocks/dialogs.ts';
import { enterAnswer } from '../../blocks/entering.ts';
import type { CommandHandler } from './types.ts';

/** Enters the draw; without an ID, opens the dialog that asks for it. */
export const enter: CommandHandler = async ({ enter: enterDraw, client }, { rest, member, triggerId }) => {
  if (rest === '') {
    await client.views.open({ trigger_id: triggerId, view: enterDialog() });
    return [];
  }
  return [enterAnswer(await enterDraw(rest, member))];
};
