import { enterDialog } from '../../blocks/dialogs.ts';
import { parseRef } from '../../draw-ref.ts';
import { dispatchChoice } from '../commands/dispatch.ts';
import { ENTER_CHOICE } from '../commands/enter.ts';
import { typedText } from '../text.ts';
import { askForId } from './enter.ts';
import type { Action } from './types.ts';

/** Does what was typed for one of several draws; for entering, opens the dialog with the ID filled in. */
export const choose: Action['handle'] = async (services, request) => {
  const { value, triggerId } = request;
  const [name, channel, id, ...rest] = value.split(' ');
  const draw = parseRef(`${channel} ${id}`);
  if (name === ENTER_CHOICE.name && draw !== undefined) {
    return askForId(services, triggerId, enterDialog(draw, typedText(rest.join(' '))), draw);
  }
  const messages = await dispatchChoice(services, value, request);
  return messages && { messages, replaces: false };
};
