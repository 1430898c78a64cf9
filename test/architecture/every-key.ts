import { drawKeys } from '../../src/draw/keys.ts';

/** Every key under a prefix, in words: `prizedraw:profiles:<login>`. */
export function everyKey(prefix: string) {
  const { profile, snapshot, ...names } = drawKeys(prefix);
  return {
    ...names,
    profile: profile('<login>'),
    prizesCopy: snapshot('<id>', 'prizes'),
    entrantsCopy: snapshot('<id>', 'entrants'),
  };
}
