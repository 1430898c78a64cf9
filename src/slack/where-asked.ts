import type { Where } from './blocks/choosing.ts';
import type { Services } from './services.ts';

/** What an answer in a channel is taken to be about, as far as this process knows. */
export function whereAsked({ draws, directory }: Services, channel: string): Where {
  const isKnown = directory.known.some((entry) => entry.channel === channel);
  return { home: draws.home.channel, drawHere: isKnown ? channel : undefined };
}
