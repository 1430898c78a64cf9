import type { Draw } from '../draw/index.ts';
import { parseLogin } from '../draw/login.ts';
import type { Announcer } from './announcer/index.ts';
import type { EnterResult } from './blocks/entering.ts';

/** Enters what a member typed, as it came from Slack. */
export type Enter = (typed: string, member: string) => Promise<EnterResult>;

/** Binds entering to a draw, and to the announcer who shows the number of entrants. */
export function createEnter(draw: Draw, announcer: Announcer): Enter {
  return async (typed, member) => {
    const login = parseLogin(typed);
    if (login === undefined) return { kind: 'not_an_id' };
    const outcome = await draw.enter(login, member);
    if (outcome.kind === 'entered') announcer.nudge();
    return outcome;
  };
}
