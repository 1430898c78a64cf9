import { parseLogin } from '../draw/login.ts';
import type { DrawEntry } from '../draw/registry.ts';
import { which } from '../draw/which.ts';
import type { RequestLog } from '../log.ts';
import type { EnterResult } from './blocks/entering.ts';
import { type DrawRef, drawOf } from './draw-ref.ts';
import type { Services } from './services.ts';

/** How often to choose anew, because draws have begun or ended since the registry was read. */
const ATTEMPTS = 5;

/** Which draw is meant, where none was named: one, or one of several. */
export type Meant =
  | { readonly kind: 'one'; readonly draw: DrawRef; readonly version: string }
  | { readonly kind: 'several'; readonly entries: readonly DrawEntry[] };

/** Who enters. */
export interface EnteredFor {
  readonly member: string;
  readonly log: RequestLog;
}

/**
 * Tells which open draw is meant, as far as this process knows: whoever relies on it has the step check the version.
 * @param isFresh whether to read the registry anew
 */
export async function meantToEnter(
  { draws, directory, now }: Services,
  typedIn: string,
  named: string | undefined,
  isFresh: boolean,
): Promise<Meant> {
  const { version, entries } = await (isFresh ? directory.read() : directory.lastRead());
  const meant = which(entries, 'open', { typedIn, named, home: draws.home.channel, now: now().getTime() });
  if (meant.kind === 'several') return meant;
  return { kind: 'one', draw: { channel: meant.channel, id: undefined }, version };
}

/**
 * Enters what a member typed, as it came from Slack, into a draw. The worker is not told: the step itself says when it is
 * to count, and a burst of entries is to cost nothing more.
 */
export async function enterDraw(
  { draws }: Services,
  draw: DrawRef,
  typed: string,
  { member, log }: EnteredFor,
): Promise<EnterResult> {
  const login = parseLogin(typed);
  if (login === undefined) return { kind: 'not_an_id' };
  return drawOf(draws, draw).enter(login, member, log.requestId);
}

/**
 * Enters what a member typed into the draw that is meant; it is chosen and entered as in one step.
 * @returns the draws that could be meant, where there are several
 */
export async function enterMeant(
  services: Services,
  typed: string,
  asked: EnteredFor & { readonly channel: string; readonly named: string | undefined },
): Promise<{ readonly result: EnterResult; readonly channel: string } | Extract<Meant, { kind: 'several' }>> {
  const { member, log, channel, named } = asked;
  const login = parseLogin(typed);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const meant = await meantToEnter(services, channel, named, attempt > 0);
    // What was read before may have changed; whoever is to choose gets what there is now.
    if (meant.kind === 'several' && attempt === 0) continue;
    if (meant.kind === 'several') return meant;
    const { draw } = meant;
    if (login === undefined) return { result: { kind: 'not_an_id' }, channel: draw.channel };
    const version = named === undefined ? meant.version : undefined;
    const result = await services.draws.in(draw.channel).enterIf({ login, member, request: log.requestId, version });
    if (result.kind !== 'stale') return { result, channel: draw.channel };
  }
  throw new Error('Draws begin and end again and again.');
}
