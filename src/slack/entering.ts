import { parseLogin } from '../draw/login.ts';
import type { DrawEntry } from '../draw/registry.ts';
import { which } from '../draw/which.ts';
import type { RequestLog } from '../log.ts';
import type { EnterResult } from './blocks/entering.ts';
import { secondsSince } from './counts.ts';
import { type DrawRef, drawOf } from './draw-ref.ts';
import type { Services } from './services.ts';

/** How often to choose anew, because draws have begun or ended since the registry was read. */
const ATTEMPTS = 5;

/** Which draw is meant, where none was named: one, or one of several. */
export type Meant =
  | { readonly kind: 'one'; readonly draw: DrawRef; readonly version: string }
  | { readonly kind: 'several'; readonly entries: readonly DrawEntry[] };

type Several = Extract<Meant, { kind: 'several' }>;

/** Who enters. */
export interface EnteredFor {
  readonly member: string;
  readonly log: RequestLog;
}

/** Who enters, and where they asked. */
interface Asked extends EnteredFor {
  readonly channel: string;
  /** The channel that was named. */
  readonly named: string | undefined;
}

interface Entered {
  readonly result: EnterResult;
  readonly channel: string;
}

const NOT_AN_ID: EnterResult = { kind: 'not_an_id' };

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
  services: Services,
  draw: DrawRef,
  typed: string,
  { member, log }: EnteredFor,
): Promise<EnterResult> {
  const entered = await counting(services, async () => {
    const login = parseLogin(typed);
    if (login === undefined) return { result: NOT_AN_ID };
    return { result: await drawOf(services.draws, draw).enter(login, member, log.requestId) };
  });
  return entered.result;
}

/**
 * Enters what a member typed into the draw that is meant; it is chosen and entered as in one step.
 * @returns the draws that could be meant, where there are several
 */
export function enterMeant(services: Services, typed: string, asked: Asked): Promise<Entered | Several> {
  return counting(services, () => chooseAndEnter(services, typed, asked));
}

async function chooseAndEnter(
  services: Services,
  typed: string,
  { member, log, channel, named }: Asked,
): Promise<Entered | Several> {
  const login = parseLogin(typed);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const meant = await meantToEnter(services, channel, named, attempt > 0);
    // What was read before may have changed; whoever is to choose gets what there is now.
    if (meant.kind === 'several' && attempt === 0) continue;
    if (meant.kind === 'several') return meant;
    const { draw } = meant;
    if (login === undefined) return { result: NOT_AN_ID, channel: draw.channel };
    const version = named === undefined ? meant.version : undefined;
    const result = await services.draws.in(draw.channel).enterIf({ login, member, request: log.requestId, version });
    if (result.kind !== 'stale') return { result, channel: draw.channel };
  }
  throw new Error('Draws begin and end again and again.');
}

/** Counts an entry by what it comes to; where a draw is yet to be chosen, there is none. */
async function counting<T extends Pick<Entered, 'result'> | Several>(
  { counts }: Services,
  enter: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  try {
    const entered = await enter();
    if ('result' in entered) counts.entry(entered.result.kind, secondsSince(began));
    return entered;
  } catch (error) {
    counts.entry('failed', secondsSince(began));
    throw error;
  }
}
