import type { CloseOutcome } from '../draw/close.ts';
import type { Commitment } from '../draw/fair/proof.ts';
import type { Draw } from '../draw/index.ts';
import type { PickOutcome } from '../draw/pick.ts';
import type { StartOutcome } from '../draw/start.ts';
import type { Log } from '../log.ts';
import type { Announcer } from './announcer/index.ts';
import type { Drawing, NotAllowed } from './blocks/organising.ts';

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
  /** Comes back once the winners are picked, or once it has been laid down which round of the beacon decides. */
  pick(by: Asking): Promise<PickOutcome | Drawing | NotAllowed>;
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
    pick: (by) => take('pick', by, () => pickOrDraw({ draw, announcer, log }, by.member)),
  };
}

/** Picks; what has to wait for the beacon goes on by itself, and `resume` would go on with it after a crash. */
async function pickOrDraw(
  { draw, announcer, log }: Pick<OrganiserOptions, 'draw' | 'announcer' | 'log'>,
  by: string,
): Promise<PickOutcome | Drawing> {
  let isDrawing = false;
  return new Promise((resolve, reject) => {
    const onCommitted = ({ entrants, round }: Commitment): void => {
      announcer.nudge();
      if (round === null) return;
      isDrawing = true;
      resolve({ kind: 'drawing', entrants, round });
    };
    draw.pick({ by, onCommitted }).then(
      (outcome) => {
        announcer.nudge();
        if (isDrawing) log.info({ outcome: outcome.kind }, 'The beacon’s round has been waited for');
        resolve(outcome);
      },
      (err: unknown) => {
        if (isDrawing) log.warn({ err }, 'A pick was cut off; it will be gone on with');
        reject(err);
      },
    );
  });
}
