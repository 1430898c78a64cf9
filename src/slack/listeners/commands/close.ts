import { closeText } from '../../blocks/organising.ts';
import { note } from '../../blocks/parts.ts';
import type { DrawCommandHandler } from './types.ts';

/** Closes the draw. */
export const close: DrawCommandHandler = async ({ organiser }, request, draw) => [
  note(closeText(await organiser.close(request, draw))),
];
