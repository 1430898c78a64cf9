import { helpAnswer } from '../../blocks/help.ts';
import type { Message } from '../../blocks/text.ts';
import type { Services } from '../../services.ts';
import { isAllowed } from '../rights.ts';
import type { Subcommand } from './types.ts';

/**
 * The commands that may be used in this channel.
 * @param unknown what was typed instead of one of them
 */
export function help(
  subcommands: readonly Subcommand[],
  services: Services,
  channel: string,
  unknown?: string,
): readonly Message[] {
  const usable = subcommands.filter(({ who }) => isAllowed(services, who, channel));
  return [helpAnswer(usable, unknown)];
}
