import { closeText } from '../../blocks/organising.ts';
import { drawOf } from '../../draw-ref.ts';
import { afterStep } from './panel.ts';
import type { Action } from './types.ts';

/** "Close draw". */
export const close: Action['handle'] = async (services, request) => {
  const outcome = await services.organiser.close(request, drawOf(services.draws, request.draw));
  return afterStep(services, outcome, closeText(outcome), request.draw);
};
