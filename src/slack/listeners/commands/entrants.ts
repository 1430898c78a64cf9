import { entrantsAnswer } from '../../blocks/entrants.ts';
import { notAllowedText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import type { CommandHandler } from './types.ts';

/** Who has entered. */
export const entrants: CommandHandler = async ({ draw, mayOrganise }, { channel }) => {
  if (!mayOrganise(channel)) return [note(notAllowedText())];
  return [entrantsAnswer(await draw.entrants())];
};
