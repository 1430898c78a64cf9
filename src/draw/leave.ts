import type { DrawContext } from './context.ts';
import { COUNT_WITHIN } from './enter.ts';
import { keysOf } from './latest.ts';
import { leaveScript } from './scripts/changes.ts';
import { step } from './step.ts';
import type { NotOpenState } from './types.ts';

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
  const reply = await step(context, (args) =>
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
