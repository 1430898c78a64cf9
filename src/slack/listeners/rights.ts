import { notAllowedText, outOfServiceText } from '../blocks/organising.ts';
import type { Mrkdwn } from '../blocks/text.ts';
import type { Services } from '../services.ts';

/** For whom a command, a button or a dialog is. Each table says it; it is enforced where they are dispatched. */
export type Who = 'anyone' | 'organisers';

/** What an entry of the tables says of when it may be used. */
export interface Entry {
  readonly who: Who;
  /** Whether it is there even while this process is out of service: it changes nothing. */
  readonly isAlwaysThere?: boolean;
}

/** Whether somebody in a channel may do what is for `who`. */
export function isAllowed({ mayOrganise }: Services, who: Who, channel: string): boolean {
  return who === 'anyone' || mayOrganise(channel);
}

/**
 * Why what somebody in a channel asks for is not done.
 * @returns undefined where it is
 */
export async function refusalOf(services: Services, entry: Entry, channel: string): Promise<Mrkdwn | undefined> {
  const isRight = isAllowed(services, entry.who, channel);
  // Where other settings are in use, the organisers' channel may be another one.
  const isOut = (await services.settings.problemOnceKnown()) !== undefined;
  if (isOut && !(isRight && entry.isAlwaysThere)) return outOfServiceText();
  return isRight ? undefined : notAllowedText();
}
