import { closeText } from '../../blocks/organising.ts';
import { afterStep } from './panel.ts';
import type { ActionHandler } from './types.ts';

/** "Close draw". */
export const close: ActionHandler = async (services, { channel }) => {
  const outcome = await services.organiser.close(channel);
  return afterStep(services, outcome, closeText(outcome));
};
