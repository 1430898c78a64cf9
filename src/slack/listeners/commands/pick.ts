import { pickText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import type { CommandHandler } from './types.ts';

/** Picks the winners. */
export const pick: CommandHandler = async ({ organiser }, request) => [note(pickText(await organiser.pick(request)))];
