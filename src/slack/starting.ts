import { type GivenPrize, type PrizesResult, parsePrizes } from '../draw/prizes.ts';
import type { StartOutcome } from '../draw/start.ts';
import type { NotAllowed } from './blocks/organising.ts';
import type { ChannelCheck } from './check-channel.ts';
import type { Asking } from './organiser.ts';
import type { Services } from './services.ts';

/** A draw that an organiser wants to start. */
export interface StartRequest {
  readonly prizes: readonly GivenPrize[];
  /** How long it takes entries; undefined: until closed by hand. */
  readonly seconds: number | undefined;
  /** The ID of the channel; undefined: home. */
  readonly channel: string | undefined;
}

export type StartResult =
  | StartOutcome
  | NotAllowed
  | { readonly kind: 'prizes'; readonly problem: Exclude<PrizesResult, { kind: 'ok' }> }
  | { readonly kind: 'channel'; readonly problem: Exclude<ChannelCheck, { kind: 'ok' }> };

/**
 * Starts a draw, if its prizes are right, and the bot can announce it where it is to be.
 * @throws when Redis does not answer
 */
export async function startDraw(services: Services, by: Asking, asked: StartRequest): Promise<StartResult> {
  const { draws, organiser, checkChannel, mayOrganise } = services;
  if (!mayOrganise(by.channel)) return { kind: 'not_allowed' };
  const prizes = parsePrizes(asked.prizes);
  if (prizes.kind !== 'ok') return { kind: 'prizes', problem: prizes };
  const { channel = draws.home.channel } = asked;
  // The home channel was looked at when the bot started, and a draw can be started there while Slack does not answer.
  const check = channel === draws.home.channel ? ({ kind: 'ok' } as const) : await checkChannel(channel);
  if (check.kind !== 'ok') return { kind: 'channel', problem: check };
  return organiser.start(by, draws.in(channel), prizes.prizes, asked.seconds);
}
