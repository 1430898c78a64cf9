import { describeDuration } from '../../draw/duration.ts';
import type { LastChange } from '../../draw/last-change.ts';
import { groupPrizes } from '../../draw/prizes.ts';
import { assertNever } from '../../draw/types.ts';
import { named } from './parts.ts';
import { prizeText } from './prizes.ts';
import { date, type Mrkdwn, mrkdwn, shorten, words } from './text.ts';

/** Characters of a prize that is named in a sentence. */
const PRIZE = 50;

/**
 * What organisers changed last, in a line of the announcement.
 * @param closesAt when the draw closes, in milliseconds since the epoch; undefined: until it is closed by hand
 */
export function lastChangeText(change: LastChange, closesAt: number | undefined): Mrkdwn {
  const until = closesAt === undefined ? undefined : date(new Date(closesAt));
  switch (change.kind) {
    case 'later':
      return mrkdwn`Closes ${describeDuration(change.ms)} later`;
    case 'timed':
      return mrkdwn`It has a closing time now`;
    case 'reopened':
      return until ? mrkdwn`Open again until ${until}` : mrkdwn`Open again`;
    case 'added':
      return mrkdwn`${words(change.prizes.length === 1 ? 'New prize' : 'New prizes')}: ${prizesNamed(change.prizes)}`;
    case 'dropped':
      return mrkdwn`${words(change.prizes.length === 1 ? 'No longer a prize' : 'No longer prizes')}: ${prizesNamed(change.prizes)}`;
    case 'removed':
      return mrkdwn`An entrant was removed by the organisers`;
    default:
      return assertNever(change);
  }
}

/** Prizes in a sentence, those of a kind together, the first few of them. */
export function prizesNamed(prizes: readonly string[]): string {
  return named(groupPrizes(prizes).map((group) => shorten(prizeText(group), PRIZE)));
}
