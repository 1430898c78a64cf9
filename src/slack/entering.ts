import type { Draw } from '../draw/index.ts';
import { parseLogin } from '../draw/login.ts';
import type { EnterResult } from './blocks/entering.ts';

/** Enters what a member typed, as it came from Slack. */
export type Enter = (typed: string, member: string) => Promise<EnterResult>;

/**
 * Binds entering to a draw. The announcer is not told: it looks every few seconds, and a burst of entries is to cost
 * nothing more.
 */
export function createEnter(draw: Draw): Enter {
  return async (typed, member) => {
    const login = parseLogin(typed);
    if (login === undefined) return { kind: 'not_an_id' };
    return draw.enter(login, member);
  };
}
