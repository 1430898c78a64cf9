import { notAllowedText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import { panelNow } from '../../panel.ts';
import type { CommandHandler } from './types.ts';

/** The control panel. */
export const admin: CommandHandler = async (services, { channel }) => {
  if (!services.mayOrganise(channel)) return [note(notAllowedText())];
  return [await panelNow(services)];
};
