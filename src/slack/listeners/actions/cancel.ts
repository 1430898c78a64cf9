import { cancelText } from '../../blocks/changing.ts';
import { drawOf } from '../../draw-ref.ts';
import { afterStep } from './panel.ts';
import type { Action } from './types.ts';

/** "Cancel draw". */
export const cancel: Action['handle'] = async (services, request) => {
  const outcome = await services.organiser.cancel(request, drawOf(services.draws, request.draw), '');
  return afterStep(services, outcome, cancelText(outcome), request.draw);
};
