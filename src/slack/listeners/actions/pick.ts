import { pickText } from '../../blocks/organising.ts';
import { drawOf } from '../../draw-ref.ts';
import { afterStep } from './panel.ts';
import type { Action } from './types.ts';

/** "Pick winners". */
export const pick: Action['handle'] = async (services, request) => {
  const outcome = await services.organiser.pick(request, drawOf(services.draws, request.draw));
  return afterStep(services, outcome, pickText(outcome), request.draw);
};
