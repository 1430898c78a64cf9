import type { DrawStatus } from '../../draw/status.ts';
import type { Win } from '../../draw/types.ts';
import { digest, digestOf, type Page, phaseOf } from './record.ts';

/**
 * Whether the shared keys contradict what is known of a draw: then another draw has begun since. The keys hold no identity of a
 * draw, and other programs start draws too.
 */
export function isAnotherDraw(record: Page, status: DrawStatus, wins: readonly Win[]): boolean {
  if (record.drawId !== status.drawId) return true;
  const phase = phaseOf(status.state);
  if (phase === 'none' || record.phase === 'none') return phase !== record.phase;
  switch (phase) {
    case 'open':
      return record.phase === 'closed' || record.phase === 'won' || hasOthers(record, status);
    case 'closed':
      return record.phase === 'won' || hasOthers(record, status);
    case 'won':
      if (record.phase === 'won') return record.winners !== digestOf(wins);
      return wins.some(({ prize }) => !record.prizes.includes(prize));
  }
}

function hasOthers(record: Page, { prizes, entrants }: DrawStatus): boolean {
  return entrants < record.entrants || digest(record.prizes) !== digest(prizes);
}
