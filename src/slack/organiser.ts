import { GIVEN_UP } from '../announcements/picks.ts';
import type { Worker } from '../announcements/worker.ts';
import type { AddPrizesOutcome } from '../draw/add-prizes.ts';
import type { CancelOutcome } from '../draw/cancel.ts';
import type { CloseOutcome } from '../draw/close.ts';
import type { DropPrizesOutcome } from '../draw/drop-prizes.ts';
import type { Entrants } from '../draw/entrants.ts';
import type { ExtendOutcome } from '../draw/extend.ts';
import type { Draw } from '../draw/index.ts';
import type { PickOutcome } from '../draw/pick.ts';
import type { RemoveOutcome } from '../draw/remove.ts';
import type { StartOutcome } from '../draw/start.ts';
import type { Log } from '../log.ts';
import type { DrawingNow, NotAllowed } from './blocks/organising.ts';

/** Whether an organiser's step may be taken from a channel. Rights are the channel's: who is in it is an organiser. */
export type MayOrganise = (channel: string) => boolean;

/** Who asks for a step, and where. */
export interface Asking {
  readonly member: string;
  readonly channel: string;
  readonly log: Log;
}

/** The steps that only organisers may take. The right is checked here, where the step is taken. */
export interface Organiser {
  /**
   * Starts a draw.
   * @param seconds how long it takes entries; undefined: until closed by hand
   */
  start(
    by: Asking,
    draw: Draw,
    prizes: readonly string[],
    seconds: number | undefined,
  ): Promise<StartOutcome | NotAllowed>;
  close(by: Asking, draw: Draw): Promise<CloseOutcome | NotAllowed>;
  /** Comes back once the winners are picked, or once it is fixed which round of the beacon decides. */
  pick(by: Asking, draw: Draw): Promise<PickOutcome | DrawingNow | NotAllowed>;
  extend(by: Asking, draw: Draw, seconds: number): Promise<ExtendOutcome | NotAllowed>;
  addPrizes(by: Asking, draw: Draw, prizes: readonly string[]): Promise<AddPrizesOutcome | NotAllowed>;
  dropPrizes(by: Asking, draw: Draw, prizes: readonly string[]): Promise<DropPrizesOutcome | NotAllowed>;
  remove(by: Asking, draw: Draw, login: string): Promise<RemoveOutcome | NotAllowed>;
  cancel(by: Asking, draw: Draw, reason: string): Promise<CancelOutcome | NotAllowed>;
  entrants(by: Asking, draw: Draw): Promise<({ readonly kind: 'entrants' } & Entrants) | NotAllowed>;
}

export interface OrganiserOptions {
  readonly worker: Worker;
  readonly mayOrganise: MayOrganise;
}

/** Binds the steps to the right to take them, and to the worker who tells everybody. */
export function createOrganiser({ worker, mayOrganise }: OrganiserOptions): Organiser {
  const take = async <T extends { readonly kind: string }>(
    step: string,
    { member, channel, log }: Asking,
    draw: Draw,
    work: () => Promise<T>,
  ): Promise<T | NotAllowed> => {
    const outcome = mayOrganise(channel) ? await work() : { kind: 'not_allowed' as const };
    log.info({ step, member, channel, draw: draw.channel, outcome: outcome.kind }, 'An organiser’s step');
    if (outcome.kind === 'too_busy') log.error({ draw: draw.channel }, GIVEN_UP);
    if (outcome.kind !== 'not_allowed') worker.nudge();
    return outcome;
  };
  return {
    start: (by, draw, prizes, seconds) => take('start', by, draw, () => draw.start(prizes, seconds, by.member)),
    close: (by, draw) => take('close', by, draw, () => draw.close()),
    pick: (by, draw) => take('pick', by, draw, () => pickOrBegin(draw, by.member)),
    extend: (by, draw, seconds) => take('extend', by, draw, () => draw.extend(seconds)),
    addPrizes: (by, draw, prizes) => take('add', by, draw, () => draw.addPrizes(prizes)),
    dropPrizes: (by, draw, prizes) => take('drop', by, draw, () => draw.dropPrizes(prizes)),
    remove: (by, draw, login) => take('remove', by, draw, () => draw.remove(login)),
    cancel: (by, draw, reason) => take('cancel', by, draw, () => draw.cancel(reason)),
    entrants: (by, draw) =>
      take('entrants', by, draw, async () => ({ kind: 'entrants' as const, ...(await draw.entrants()) })),
  };
}

/** Picks; where a round of the beacon is to be waited for, that is left to the worker. */
async function pickOrBegin(draw: Draw, by: string): Promise<PickOutcome | DrawingNow> {
  if (!draw.waitsForBeacon) return draw.pick({ by });
  const asked = await draw.askForPick(by);
  if (asked.kind !== 'committed') return asked;
  const { entrants, round } = asked.commitment;
  return round === null ? draw.pick({ by }) : { kind: 'drawing', entrants, round, draw: asked.draw };
}
