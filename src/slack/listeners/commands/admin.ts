import { notAllowedText } from '../../blocks/organising.ts';
import { controlPanel } from '../../blocks/panel.ts';
import { note } from '../../blocks/parts.ts';
import type { CommandHandler } from './types.ts';

/** The control panel. */
export const admin: CommandHandler = async ({ draw, mayOrganise, now }, { channel }) => {
  if (!mayOrganise(channel)) return [note(notAllowedText())];
  return [controlPanel(await draw.status(), now())];
};
