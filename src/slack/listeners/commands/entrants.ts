import { entrantsAnswer } from '../../blocks/entrants.ts';
import { notAllowedText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import type { DrawCommandHandler } from './types.ts';

/** Who has entered. */
export const entrants: DrawCommandHandler = async ({ organiser }, request, draw) => {
  const outcome = await organiser.entrants(request, draw);
  return [outcome.kind === 'not_allowed' ? note(notAllowedText()) : entrantsAnswer(outcome)];
};
