import type { Services } from '../services.ts';

/** For whom a command, a button or a dialog is. Each table says it; it is enforced where they are dispatched. */
export type Who = 'anyone' | 'organisers';

/** Whether somebody in a channel may do what is for `who`. */
export function isAllowed({ mayOrganise }: Services, who: Who, channel: string): boolean {
  return who === 'anyone' || mayOrganise(channel);
}
