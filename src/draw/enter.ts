import type { DrawContext } from './context.ts';
import { bareProfile, parseProfile } from './profile.ts';
import { replies } from './scripts/index.ts';
import type { LookupOutcome, NotOpenState, Profile, ProfileSource } from './types.ts';

/** How long a profile is cached, in seconds; the original application reads the same cache. */
export const PROFILE_TTL = 3600;

export type EnterOutcome =
  | { readonly kind: 'entered'; readonly profile: Profile }
  | { readonly kind: 'already_in'; readonly profile: Profile }
  /** This member has entered as many logins as they may. */
  | { readonly kind: 'enough'; readonly logins: readonly string[] }
  | { readonly kind: 'not_open'; readonly state: NotOpenState }
  | Exclude<LookupOutcome, { kind: 'found' }>;

/**
 * Enters a login. One round trip to Redis when its profile is cached, else a look-up between two.
 * @param login in lower case, as `parseLogin` returns it
 * @param member the chat member who enters it, for a mention should it win
 * @throws when Redis does not answer, or too late, or the profile source is misconfigured
 */
export async function enter(
  context: DrawContext,
  source: ProfileSource,
  login: string,
  member: string | undefined,
): Promise<EnterOutcome> {
  const cached = await enterStep(context, login, '', member);
  if (cached.kind !== 'profile_needed') return cached;

  const found = await source.lookUp(login);
  if (found.kind !== 'found') return found;

  const entered = await enterStep(context, login, found.json, member);
  if (entered.kind === 'profile_needed') throw new Error('The enter script asked for a profile that it was given.');
  return entered;
}

async function enterStep(
  { redis, clock, keys, entriesPerMember }: DrawContext,
  login: string,
  json: string,
  member: string | undefined,
): Promise<EnterOutcome | { kind: 'profile_needed' }> {
  const reply = await clock.inTime(async (deadline) =>
    replies.enter.parse(
      await redis.drawEnter(
        keys.isOpen,
        keys.prizes,
        keys.entrants,
        keys.winners,
        keys.profile(login),
        keys.memberOf,
        keys.loginOf,
        keys.commitment,
        deadline,
        login,
        json,
        PROFILE_TTL,
        member ?? '',
        entriesPerMember,
      ),
    ),
  );
  switch (reply[0]) {
    case 'entered':
    case 'already_in':
      return { kind: reply[0], profile: parseProfile(reply[1]) ?? bareProfile(login) };
    case 'enough':
      return { kind: 'enough', logins: reply[1] };
    case 'not_open':
      return { kind: 'not_open', state: reply[1] };
    default:
      return { kind: reply[0] };
  }
}
