import type { CloseOutcome } from '../draw/close.ts';
import type { Draw } from '../draw/index.ts';
import type { PickOutcome } from '../draw/pick.ts';
import type { StartOutcome } from '../draw/start.ts';
import type { Log } from '../log.ts';
import type { Announcer } from './announcer/index.ts';
import type { NotAllowed } from './blocks/organising.ts';

/** Whether an organiser's step may be taken from a channel. Rights are the channel's: who is in it is an organiser. */
export type MayOrganise = (channel: string) => boolean;

/** Who asks for a step, and where. */
export interface Asking {
  readonly member: string;
  readonly channel: string;
}

/** The steps that only organisers may take. The right is checked here, where the step is taken. */
export interface Organiser {
  /**
   * Starts a draw.
   * @param seconds how long it takes entries; undefined: until closed by hand
   */
  start(by: Asking, prizes: readonly string[], seconds: number | undefined): Promise<StartOutcome | NotAllowed>;
  close(by: Asking): Promise<CloseOutcome | NotAllowed>;
  pick(by: Asking): Promise<PickOutcome | NotAllowed>;
}

export interface OrganiserOptions {
  readonly draw: Draw;
  readonly announcer: Announcer;
  readonly mayOrganise: MayOrganise;
  readonly log: Log;
}

/** Binds the steps to a draw, to the right to take them, to the announcer who tells everybody, and to the log. */
export function createOrganiser({ draw, announcer, mayOrganise, log }: OrganiserOptions): Organiser {
  const take = async <T extends { readonly kind: string }>(
    step: string,
    { member, channel }: Asking,
    work: () => Promise<T>,
  ): Promise<T | NotAllowed> => {
    const outcome = mayOrganise(channel) ? await work() : { kind: 'not_allowed' as const };
    log.info({ step, member, channel, outcome: outcome.kind }, 'An organiser’s step');
    return outcome;
  };
  return {
    start: (by, prizes, seconds) =>
      take('start', by, async () => {
        const outcome = await draw.start(prizes, seconds);
        announcer.nudge();
        return outcome;
      }),
    close: (by) =>
      take('close', by, async () => {
        const outcome = await draw.close();
        announcer.nudge();
        return outcome;
      }),
    pick: (by) =>
      take('pick', by, async () => {
        const outcome = await draw.pick({ by: by.member, onCommitted: () => announcer.nudge() });
        announcer.nudge(outcome.kind === 'picked' ? { drawnFrom: outcome.entrants } : {});
        return outcome;
      }),
  };
}
