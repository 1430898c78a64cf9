import { change } from './change.ts';
import type { DrawContext } from './context.ts';
import { keysOf } from './latest.ts';
import { leaveScript } from './scripts/changes.ts';
import type { NotOpenState } from './types.ts';

/** Within this time the announcement shows that somebody has left, in milliseconds; the promise is 10 seconds. */
const COUNT_WITHIN = 4_000;

export type LeaveOutcome =
  | { readonly kind: 'left'; readonly login: string }
  /** The login that was named is not in, or this member has entered none. */
  | { readonly kind: 'not_in' }
  /** Another member entered it, or it is not known who did. */
  | { readonly kind: 'not_yours' }
  /** This member has entered several, and named none. */
  | { readonly kind: 'several'; readonly logins: readonly string[] }
  | { readonly kind: 'not_open'; readonly state: NotOpenState }
  /** The draw that was meant is over, and another has begun. */
  | { readonly kind: 'another_draw' };

/**
 * Takes back an entry that a member made through the bot.
 * @param login in lower case; undefined: the one that this member entered
 * @throws when Redis does not answer, or too late
 */
export async function leave(context: DrawContext, member: string, login: string | undefined): Promise<LeaveOutcome> {
  const reply = await change(context, (args) =>
    leaveScript.run(context.redis, {
      keys: keysOf(context),
      args: { ...args, login: login ?? '', member, count_within: COUNT_WITHIN },
    }),
  );
  switch (reply[0]) {
    case 'left':
      return { kind: 'left', login: reply[1] };
    case 'several':
      return { kind: 'several', logins: reply[1] };
    case 'not_open':
      return { kind: 'not_open', state: reply[1] };
    default:
      return { kind: reply[0] };
  }
}
