import { drawKeys } from '../../../src/draw/keys.ts';

/** Every key under a prefix, in words: `prizedraw:profiles:<login>`. */
export function everyKey(prefix: string) {
  const { profile, copy, ...names } = drawKeys(prefix);
  return {
    ...names,
    profile: profile('<login>'),
    copy: copy('<id>'),
  };
}
