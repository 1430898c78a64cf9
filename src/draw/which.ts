import { isOver } from './record.ts';
import type { DrawEntry } from './registry.ts';

/** To which draws a step can apply. */
export type AppliesTo = 'open' | 'entered' | 'pickable' | 'changeable' | 'on' | 'won' | 'any';

/** Which draw is meant: one, or none or several of those that can be. */
export type Which =
  | { readonly kind: 'one'; readonly channel: string }
  | { readonly kind: 'several'; readonly entries: readonly DrawEntry[] };

export interface Asked {
  /** The channel in which it was typed. */
  readonly typedIn: string;
  /** The channel that was named. */
  readonly named: string | undefined;
  readonly home: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Tells which draw a command means: the one that was named; of those that it can apply to, that of the channel in which
 * it was typed, else the only one there is; and the home channel's where there is none.
 */
export function which(entries: readonly DrawEntry[], appliesTo: AppliesTo, asked: Asked): Which {
  const { typedIn, named, home, now } = asked;
  if (named !== undefined) return { kind: 'one', channel: named };
  const able = entries.filter((entry) => applies(entry, appliesTo, now));
  // How a draw stands can be asked of one that is over, too: where it is on, it is meant before all others.
  const here = (appliesTo === 'on' ? entries : able).find(({ channel }) => channel === typedIn);
  const [only, ...others] = able;
  if (here === undefined && others.length > 0) return { kind: 'several', entries: able };
  return { kind: 'one', channel: here?.channel ?? only?.channel ?? home };
}

function applies({ phase, closesAt }: DrawEntry, appliesTo: AppliesTo, now: number): boolean {
  const isOpen = phase === 'open' && (closesAt === undefined || closesAt > now);
  switch (appliesTo) {
    case 'open':
    case 'entered':
      return isOpen;
    case 'pickable':
    case 'changeable':
      return phase === 'open' || phase === 'closed';
    case 'on':
      return !isOver(phase);
    case 'won':
      return phase === 'won';
    case 'any':
      return true;
  }
}
