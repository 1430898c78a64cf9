import { closeText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import type { CommandHandler } from './types.ts';

/** Closes the draw. */
export const close: CommandHandler = async ({ organiser }, request) => [
  note(closeText(await organiser.close(request))),
];
