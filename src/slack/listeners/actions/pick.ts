import { pickText } from '../../blocks/organising.ts';
import { afterStep } from './panel.ts';
import type { ActionHandler } from './types.ts';

/** "Pick winners". */
export const pick: ActionHandler = async (services, request) => {
  const outcome = await services.organiser.pick(request);
  return afterStep(services, outcome, pickText(outcome));
};
