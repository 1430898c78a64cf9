import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import { bareProfile, parseProfile } from './profile.ts';
import { enterScript } from './scripts/index.ts';
import { step } from './step.ts';
import type { LookupOutcome, NotOpenState, Profile, ProfileSource } from './types.ts';

/** How long a profile is cached, in seconds; the original application reads the same cache. */
export const PROFILE_TTL = 3600;

/** Within this time after an entry, the announcement shows it, in milliseconds; the promise is 10 seconds. */
const COUNT_WITHIN = 4_000;

/** Who has entered a login that is in already. */
export type EnteredBy = 'you' | 'another' | 'unknown';

export type EnterOutcome =
  | { readonly kind: 'entered'; readonly profile: Profile }
  | { readonly kind: 'already_in'; readonly profile: Profile; readonly by: EnteredBy }
  /** This member has entered as many logins as they may. */
  | { readonly kind: 'enough'; readonly logins: readonly string[] }
  | { readonly kind: 'not_open'; readonly state: NotOpenState }
  /** The draw that was meant is over, and another has begun. */
  | { readonly kind: 'another_draw' }
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
  /** The version of the registry by which this draw was chosen; undefined: it was named. */
  readonly version: string | undefined;
}

/**
 * Enters a login. One round trip to Redis when its profile is cached, else a look-up between two.
 * @throws when Redis does not answer, or too late, or the profile source is misconfigured
 */
export async function enter(context: DrawContext, source: ProfileSource, entry: Entry): Promise<EnterOutcome | Stale> {
  const cached = await enterStep(context, entry, '');
  if (cached.kind !== 'profile_needed') return cached;

  const found = await source.lookUp(entry.login);
  if (found.kind !== 'found') return found;

  const entered = await enterStep(context, entry, found.json);
  if (entered.kind === 'profile_needed') throw new Error('The enter script asked for a profile that it was given.');
  return entered;
}

async function enterStep(
  context: DrawContext,
  { login, member = '', version = '' }: Entry,
  json: string,
): Promise<EnterOutcome | Stale | { kind: 'profile_needed' }> {
  const { redis, clock, channel, latest, keys, entriesPerMember } = context;
  const reply = await step(context, () =>
    clock.inTime((deadline) =>
      enterScript.run(redis, {
        keys: { ...keysOf(context), profile: keys.profile(login) },
        args: {
          deadline,
          channel,
          draw: latest.id,
          version,
          login,
          json,
          ttl: PROFILE_TTL,
          member,
          limit: entriesPerMember,
          count_within: COUNT_WITHIN,
        },
      }),
    ),
  );
  switch (reply[0]) {
    case 'entered':
      return { kind: 'entered', profile: parseProfile(reply[1]) ?? bareProfile(login) };
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
    default:
      return { kind: reply[0] };
  }
}
