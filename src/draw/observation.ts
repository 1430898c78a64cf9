import { createHash } from 'node:crypto';
import { decide } from './observation-rules.ts';
import { ABANDONED_AFTER, NOT_CHANGING, type Observation, type Snapshot, WINNERS_QUIET } from './snapshot.ts';

/**
 * Decides what another program has done since the record was written: nothing, something to the same draw, or another
 * draw. The rules are in `observation-rules.ts`; here is how long to wait before anything is concluded from them.
 * @param isFinal whether to conclude at once, without waiting for the other program to finish; only that a pick was
 *   given up is never concluded early
 */
export function observation(seen: Snapshot, isFinal = false): Observation {
  const { record } = seen;
  const decided = decide(seen);
  if (decided.kind === 'nothing_new') {
    return record?.changing === undefined ? decided : { kind: 'changing', fields: NOT_CHANGING, again: 0 };
  }
  const concludes = decided.quiet === 0 || (isFinal && decided.quiet !== ABANDONED_AFTER);
  if (record === undefined || concludes) return decided.observation;
  const digest = snapshotDigest(seen);
  const isAsBefore = record.changing?.digest === digest;
  // A clock that was set back must not make it wait until the time that it had.
  const since = isAsBefore && record.changing ? Math.min(record.changing.since, seen.now) : seen.now;
  const again = since + decided.quiet - seen.now;
  if (again <= 0) return decided.observation;
  const changing = { changing: digest, changing_since: since, is_left: decided.isLeft ? 1 : 0 };
  const { meanwhile } = decided;
  if (meanwhile !== undefined && !(isAsBefore && record.isPickedElsewhere)) {
    return { kind: 'same_draw', ...meanwhile, fields: { ...meanwhile.fields, ...changing } };
  }
  return { kind: 'changing', fields: changing, again: Math.min(again, WINNERS_QUIET) };
}

/** A short text that is another whenever something of the snapshot is. */
function snapshotDigest({ isOpen, prizes, entrants, wins }: Snapshot): string {
  const pairs = wins.map(({ prize, login }) => [prize, login]).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([isOpen, prizes.toSorted(), entrants, pairs]))
    .digest('hex')
    .slice(0, 16);
}
