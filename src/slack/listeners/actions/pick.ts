import { pickText, pickTroubleText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import { drawOf } from '../../draw-ref.ts';
import { afterStep } from './panel.ts';
import type { Action } from './types.ts';

/** "Pick winners"; where a round of the beacon decides and none come of it, the panel says that later. */
export const pick: Action['handle'] = async (services, request) => {
  const outcome = await services.organiser.pick(request, drawOf(services.draws, request.draw));
  if (outcome.kind === 'drawing') {
    services.pickFollower.follow(outcome.draw, request.log, async (trouble) => {
      const said = pickTroubleText(trouble);
      // There is no panel while Redis is away.
      const alone = () => ({ messages: [note(said)], replaces: false });
      const { messages, replaces } = await afterStep(services, outcome, said, request.draw).catch(alone);
      for (const message of messages) await request.later(message, replaces);
    });
  }
  return afterStep(services, outcome, pickText(outcome), request.draw);
};
