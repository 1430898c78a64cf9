import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import { bareProfile, parseProfile } from './profile.ts';
import { enterScript, forgiveScript } from './scripts/index.ts';
import { step } from './step.ts';
import type { LookupOutcome, NotOpenState, Profile, ProfileSource } from './types.ts';

/** How long a profile is cached, in seconds; the original application reads the same cache. */
export const PROFILE_TTL = 3600;

/** Within this time after somebody has entered or left, the announcement shows it, in milliseconds; the promise is 10 seconds. */
export const COUNT_WITHIN = 4_000;

/** A member's look-ups that find nobody, at most; people get their own ID right within a few tries. */
const MOST_MISSES = 10;

/** For how long these count, from the first one on, in milliseconds. */
const MISSES_TTL = 10 * 60_000;

/** Who has entered a login that is in already. */
export type EnteredBy = 'you' | 'another' | 'unknown';

export type EnterOutcome =
  /** `draw`: the ID of the draw that it is in. */
  | { readonly kind: 'entered'; readonly profile: Profile; readonly draw: string }
  | { readonly kind: 'already_in'; readonly profile: Profile; readonly by: EnteredBy }
  /** This member has entered as many logins as they may. */
  | { readonly kind: 'enough'; readonly logins: readonly string[] }
  /** An organiser took this login out of the draw. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'not_open'; readonly state: NotOpenState }
  /** The draw that was meant is over, and another has begun. */
  | { readonly kind: 'another_draw' }
  /** This member has asked for so many logins that are nobody's that no more are looked up for now. */
  | { readonly kind: 'missed_too_often'; readonly until: Date }
  | Exclude<LookupOutcome, { kind: 'found' }>;

/** Draws have begun or ended since this one was chosen among them: choose again. */
export interface Stale {
  readonly kind: 'stale';
}

export interface Entry {
  /** In lower case, as `parseLogin` returns it. */
  readonly login: string;
  /** The chat member who enters it, for a mention should it win. */
  readonly member: string | undefined;
  /** The ID that whoever asks has in the log. */
  readonly request?: string | undefined;
  /** The version of the registry by which this draw was chosen; undefined: it was named. */
  readonly version: string | undefined;
}

/** In which draw a look-up began, and when the member's earlier misses are forgotten; undefined: there are none. */
interface ProfileNeeded {
  readonly kind: 'profile_needed';
  readonly draw: string;
  readonly missesUntil: Date | undefined;
}

/**
 * Enters a login. One round trip to Redis when its profile is cached, else a look-up between two: where another draw has
 * begun during the look-up, it enters nothing, as that one was not meant.
 * @throws when Redis does not answer, or too late, or the profile source is misconfigured
 */
export async function enter(context: DrawContext, source: ProfileSource, entry: Entry): Promise<EnterOutcome | Stale> {
  const cached = await enterStep(context, entry, '');
  if (cached.kind !== 'profile_needed') return cached;

  const found = await lookUp(context, source, entry, cached.missesUntil);
  if (found.kind !== 'found') return found;

  const { draw } = cached;
  const meant = { ...context, latest: { id: draw }, only: draw };
  const entered = await enterStep(meant, { ...entry, version: undefined }, found.json);
  if (entered.kind === 'profile_needed') throw new Error('The enter script asked for a profile that it was given.');
  return entered;
}

/** Looks a login up. Where GitHub did not say whether there is such a user, that is no miss of the member's. */
async function lookUp(
  { redis, keys }: DrawContext,
  source: ProfileSource,
  { login, member, request }: Entry,
  missesUntil: Date | undefined,
): Promise<LookupOutcome> {
  let isSaid = false;
  try {
    const outcome = await source.lookUp(login, missesUntil, request);
    isSaid = outcome.kind !== 'limited' && outcome.kind !== 'unreachable';
    return outcome;
  } finally {
    if (!isSaid && member !== undefined) {
      await forgiveScript.run(redis, { keys: { misses: keys.misses(member) }, args: {} });
    }
  }
}

async function enterStep(
  context: DrawContext,
  { login, member = '', version = '' }: Entry,
  json: string,
): Promise<EnterOutcome | Stale | ProfileNeeded> {
  const { redis, latest, keys, entriesPerMember, now } = context;
  let draw = latest.id;
  // What a look-up has found is told once, however often the step is taken.
  let found = json === '' ? 0 : 1;
  const reply = await step(context, async (args) => {
    draw = args.draw;
    const replied = await enterScript.run(redis, {
      keys: { ...keysOf(context), profile: keys.profile(login), misses: keys.misses(member) },
      args: {
        ...args,
        version,
        login,
        json,
        ttl: PROFILE_TTL,
        member,
        limit: entriesPerMember,
        count_within: COUNT_WITHIN,
        found,
        most_misses: MOST_MISSES,
        misses_ttl: MISSES_TTL,
      },
    });
    if (replied[0] !== 'too_late') found = 0;
    return replied;
  });
  switch (reply[0]) {
    case 'entered':
      return { kind: 'entered', profile: parseProfile(reply[1]) ?? bareProfile(login), draw };
    case 'already_in':
      return {
        kind: 'already_in',
        profile: parseProfile(reply[1]) ?? bareProfile(login),
        by: reply[2] === '' ? 'unknown' : reply[2] === member ? 'you' : 'another',
      };
    case 'enough':
      return { kind: 'enough', logins: reply[1] };
    case 'not_open':
      return { kind: 'not_open', state: reply[1] };
    case 'missed_too_often':
      return { kind: 'missed_too_often', until: new Date(now().getTime() + reply[1]) };
    case 'profile_needed': {
      const missesUntil = reply[1] > 0 ? new Date(now().getTime() + reply[1]) : undefined;
      return { kind: 'profile_needed', draw, missesUntil };
    }
    default:
      return { kind: reply[0] };
  }
}
