import type { DrawContext } from './context.ts';
import { naturalOrder } from './prizes.ts';
import { membersOf } from './redis-sets.ts';

/** More logins than one message can show, however short they are. */
const PAGE = 500;

/** Who has entered, as far as that is shown. */
export interface Entrants {
  /** How many have entered. */
  readonly count: number;
  /** Their logins in natural order: all of them, or any `PAGE` of more. */
  readonly logins: readonly string[];
}

/**
 * Reads who has entered: no more than can be shown, of however many.
 * @throws when Redis does not answer
 */
export async function entrants({ redis, shared }: DrawContext): Promise<Entrants> {
  const logins = new Set<string>();
  for await (const batch of membersOf(redis, shared.entrants, PAGE)) {
    for (const login of batch) logins.add(login);
    if (logins.size >= PAGE) break;
  }
  // Some may enter meanwhile, or be taken out.
  const count = Math.max(await redis.scard(shared.entrants), logins.size);
  return { count, logins: [...logins].slice(0, PAGE).toSorted(naturalOrder) };
}
