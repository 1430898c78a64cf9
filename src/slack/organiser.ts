import type { CloseOutcome } from '../draw/close.ts';
import type { Draw } from '../draw/index.ts';
import type { PickOutcome } from '../draw/pick.ts';
import type { StartOutcome } from '../draw/start.ts';
import type { Announcer } from './announcer/index.ts';
import type { NotAllowed } from './blocks/organising.ts';

/** Whether an organiser's step may be taken from a channel. Rights are the channel's: who is in it is an organiser. */
export type MayOrganise = (channel: string) => boolean;

/** The steps that only organisers may take. The right is checked here, where the step is taken. */
export interface Organiser {
  /**
   * Starts a draw.
   * @param seconds how long it takes entries; undefined: until closed by hand
   */
  start(channel: string, prizes: readonly string[], seconds: number | undefined): Promise<StartOutcome | NotAllowed>;
  close(channel: string): Promise<CloseOutcome | NotAllowed>;
  pick(channel: string): Promise<PickOutcome | NotAllowed>;
}

/** Binds the steps to a draw, to the right to take them, and to the announcer who tells everybody. */
export function createOrganiser(draw: Draw, announcer: Announcer, mayOrganise: MayOrganise): Organiser {
  const notAllowed: NotAllowed = { kind: 'not_allowed' };
  return {
    async start(channel, prizes, seconds) {
      if (!mayOrganise(channel)) return notAllowed;
      const outcome = await draw.start(prizes, seconds);
      announcer.nudge();
      return outcome;
    },
    async close(channel) {
      if (!mayOrganise(channel)) return notAllowed;
      const outcome = await draw.close();
      announcer.nudge();
      return outcome;
    },
    async pick(channel) {
      if (!mayOrganise(channel)) return notAllowed;
      const outcome = await draw.pick();
      announcer.nudge(outcome.kind === 'picked' ? outcome.entrants : undefined);
      return outcome;
    },
  };
}
