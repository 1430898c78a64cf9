import { extendText } from '../../blocks/changing.ts';
import { drawOf } from '../../draw-ref.ts';
import { afterStep } from './panel.ts';
import type { Action } from './types.ts';

/** By how much the button extends a draw, in seconds. */
const QUARTER = 15 * 60;

/** "Extend by 15 minutes". */
export const extend: Action['handle'] = async (services, request) => {
  const outcome = await services.organiser.extend(request, drawOf(services.draws, request.draw), QUARTER);
  return afterStep(services, outcome, extendText(outcome), request.draw);
};
