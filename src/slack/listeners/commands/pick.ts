import { inDraw } from '../../blocks/choosing.ts';
import { pickText, pickTroubleText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import { whereAsked } from '../../where-asked.ts';
import type { DrawCommandHandler } from './types.ts';

/** Picks the winners; where a round of the beacon decides and none come of it, that is said later. */
export const pick: DrawCommandHandler = async (services, request, draw) => {
  const outcome = await services.organiser.pick(request, draw);
  if (outcome.kind === 'drawing') {
    services.pickFollower.follow(outcome.draw, request.log, (trouble) => {
      const said = note(pickTroubleText(trouble));
      return request.later(inDraw(said, draw.channel, whereAsked(services, request.channel)), false);
    });
  }
  return [note(pickText(outcome))];
};
