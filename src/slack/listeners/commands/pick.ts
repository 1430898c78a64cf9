import { pickText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import type { DrawCommandHandler } from './types.ts';

/** Picks the winners. */
export const pick: DrawCommandHandler = async ({ organiser }, request, draw) => [
  note(pickText(await organiser.pick(request, draw))),
];
