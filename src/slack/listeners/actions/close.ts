import { closeText } from '../../blocks/organising.ts';
import { afterStep } from './panel.ts';
import type { ActionHandler } from './types.ts';

/** "Close draw". */
export const close: ActionHandler = async (services, request) => {
  const outcome = await services.organiser.close(request);
  return afterStep(services, outcome, closeText(outcome));
};
