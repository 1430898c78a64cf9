import { literalNote } from '../../blocks/parts.ts';
import { readAskedIn } from '../../in-channel.ts';
import { panelNow } from '../../panel.ts';
import type { CommandHandler } from './types.ts';

/** The control panel: of every draw that is on, or of the one that is named. */
export const admin: CommandHandler = async (services, { rest }) => {
  const asked = readAskedIn(rest);
  if (asked.problem !== undefined) return [literalNote(asked.problem)];
  return [await panelNow(services, { only: asked.named })];
};
