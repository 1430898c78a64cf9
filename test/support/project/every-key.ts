import { keysUnder } from '../../../src/draw/keys.ts';

/** The channel whose draw other programs know. */
const HOME = 'C0HOME';

/** Every key under a prefix, in words: `prizedraw:profiles:<login>`, `prizedraw:slack:draw:<id>`. */
export function everyKey(prefix: string) {
  const { prefix: _, shared, draw, profile, misses, ...workspace } = keysUnder(prefix, HOME);
  return {
    /** Shared with the original application. */
    shared: { ...shared(HOME), profile: profile('<login>') },
    /** The same of the draw in another channel. */
    channel: { ...shared('<channel>') },
    /** What the bot keeps of one draw. */
    draw: { ...draw('<id>') },
    /** What else it keeps. */
    workspace: { ...workspace, misses: misses('<member>') },
  };
}

/** The same in one list. */
export function listOfKeys(prefix: string): readonly string[] {
  return Object.values(everyKey(prefix)).flatMap((keys) => Object.values(keys));
}
