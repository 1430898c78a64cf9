import { createHash } from 'node:crypto';
import type { Commitment } from '../draw/fair/proof.ts';
import type { LastChange } from '../draw/last-change.ts';
import type { DrawRecord, Provenance } from '../draw/record.ts';
import type { Winner } from '../draw/types.ts';
import { type Form, type Forms, type Piece, pieces } from './form.ts';

/** Winners in one message. */
export const WINNERS_PER_MESSAGE = 20;

/** What comes after a draw has closed. */
export type Ending = 'to_be_picked' | 'picked_elsewhere' | 'won' | 'nobody_entered' | 'replaced' | 'cancelled';

/** What became of a commitment: its round is waited for, or decided, or did not decide as the draw has changed. */
export type Fate = 'awaited' | 'used' | 'withdrawn';

/** How winners were drawn. */
export interface HowDrawn extends Provenance {
  /** Whether the numbers of the draw were posted before its round existed; null: none had to be. */
  readonly inTime: boolean | null;
  /** How many winners another program added afterwards. */
  readonly addedLater: number;
}

/** What one message says, as plain data. */
export type Content = Said & {
  /** Where it is not to be whole, as Slack refused that; absent: whole. */
  readonly look?: Exclude<Form['look'], 'full'>;
  /** Where it takes the place of a message that could neither be changed nor deleted. */
  readonly isBesideOld?: true;
};

/** Times are in milliseconds since the epoch. */
type Said =
  | {
      readonly kind: 'open';
      readonly draw: string;
      readonly channel: string;
      readonly prizes: readonly string[];
      readonly entrants: number;
      readonly closesAt: number | undefined;
      readonly lastChange: LastChange | undefined;
    }
  | {
      readonly kind: 'closed';
      readonly prizes: readonly string[];
      readonly entrants: number;
      readonly ending: Ending;
      readonly lastChange: LastChange | undefined;
      /** Why it was cancelled, where somebody said. */
      readonly reason: string | undefined;
    }
  | {
      readonly kind: 'drawing';
      readonly entrants: number;
      readonly entrantsDigest: string;
      readonly prizes: number;
      readonly prizesDigest: string;
      readonly round: number;
      readonly fate: Fate;
    }
  | {
      readonly kind: 'winners';
      readonly winners: readonly Winner[];
      /** Which message of how many this is, from 0 on, and how many winners there are in all of them. */
      readonly page: number;
      readonly pages: number;
      readonly total: number;
      readonly how: HowDrawn | undefined;
      /** How many entrants organisers had removed; absent where none, and in all messages but the first. */
      readonly removed?: number;
    };

/** A message of a draw as it should be. */
export interface Desired {
  /** Which of the draw's messages it is. */
  readonly part: string;
  readonly content: Content;
  /** Whether it is still worth posting; if not, it is only kept right where it was posted. */
  readonly isNews: boolean;
}

/** What is known beside the record. */
export interface Facts {
  /** The winners as they are shown, in order; none before they are out. */
  readonly winners: readonly Winner[];
  /** Whether the numbers of the draw were posted before its round existed; null: none had to be, or that is not asked. */
  readonly inTime: boolean | null;
}

/**
 * The messages of a draw, as they should be, in the order in which they are posted. Pure: whoever publishes brings the
 * channel there.
 * @param forms how those are sent that Slack refused as they were
 */
export function desired(record: DrawRecord, facts: Facts, forms: Forms = new Map()): readonly Desired[] {
  if (record.isOldNews) return [];
  const whole = [...announcement(record), ...drawings(record)];
  return [
    ...whole.map((each) => ({ ...each, content: looking(each.content, forms.get(each.part)) })),
    ...winnersMessages(record, facts, forms),
  ];
}

function looking(content: Content, form: Form | undefined): Content {
  if (form === undefined) return content;
  const { look, isBesideOld } = form;
  return { ...content, ...(look === 'full' ? {} : { look }), ...(isBesideOld ? { isBesideOld } : {}) };
}

/** The part of the message that says who takes part in a pick. */
export function drawingPart(pick: string): string {
  return `drawing ${pick}`;
}

/** A short text that is another whenever a message says something else. */
export function contentDigest(content: Content): string {
  return hash(content);
}

/**
 * A short text that is another whenever a message says something else that nobody may miss: what there is to win and until
 * when, that the draw is closed, who has won what. What was fixed beforehand never changes.
 */
export function gistOf(content: Content): string {
  return hash(essence(content));
}

function essence(content: Content): readonly unknown[] {
  switch (content.kind) {
    case 'open':
      return [content.kind, content.draw, content.prizes, content.closesAt];
    case 'winners':
      return [content.kind, content.winners.map(({ prize, login }) => [prize, login])];
    case 'closed':
      return [content.kind, content.prizes, content.ending === 'cancelled', content.reason];
    case 'drawing':
      return [content.kind];
  }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

function announcement(record: DrawRecord): Desired[] {
  if (!record.isAnnounced) return [];
  const { id, channel, prizes, entrants, closesAt, phase } = record;
  const content: Content =
    phase === 'open'
      ? { kind: 'open', draw: id, channel, prizes, entrants, closesAt, lastChange: record.lastChange }
      : {
          kind: 'closed',
          prizes,
          entrants,
          ending: endingOf(record),
          lastChange: changeOfClosed(record),
          reason: record.cancelReason || undefined,
        };
  return [{ part: 'draw', content, isNews: phase !== 'replaced' && phase !== 'cancelled' }];
}

/** Of a draw that has closed, when it was to close is no news; nor is any change of one that is over. */
function changeOfClosed({ phase, lastChange }: DrawRecord): LastChange | undefined {
  if (phase !== 'closed' && phase !== 'committed') return undefined;
  const isOfTime = lastChange?.kind === 'later' || lastChange?.kind === 'timed' || lastChange?.kind === 'reopened';
  return isOfTime ? undefined : lastChange;
}

function endingOf({ phase, entrants, isPickedElsewhere }: DrawRecord): Ending {
  switch (phase) {
    case 'won':
    case 'cancelled':
      return phase;
    case 'replaced':
      return entrants === 0 ? 'nobody_entered' : phase;
    default:
      if (entrants === 0) return 'nobody_entered';
      return isPickedElsewhere ? 'picked_elsewhere' : 'to_be_picked';
  }
}

/** Who takes part and which round decides is of use only beforehand, so it is not posted once that round is there. */
function drawings(record: DrawRecord): Desired[] {
  return record.commitments.flatMap((commitment) => {
    const { id, round, entrants, entrantsDigest, prizes, prizesDigest } = commitment;
    if (round === null) return [];
    const fate = fateOf(record, commitment);
    const content: Content = { kind: 'drawing', entrants, entrantsDigest, prizes, prizesDigest, round, fate };
    return [{ part: drawingPart(id), content, isNews: fate === 'awaited' }];
  });
}

function fateOf({ phase, provenance, commitments, isLastReadable }: DrawRecord, { id }: Commitment): Fate {
  if (phase === 'won') return provenance?.pick === id ? 'used' : 'withdrawn';
  return phase === 'committed' && isLastReadable && commitments.at(-1)?.id === id ? 'awaited' : 'withdrawn';
}

function winnersMessages(record: DrawRecord, { winners, inTime }: Facts, forms: Forms): Desired[] {
  const { provenance, addedLater, removed } = record;
  const how = provenance && { ...provenance, inTime: provenance.round === null ? null : inTime, addedLater };
  const pages = winnersPages(winners, forms);
  return pages.map(({ part, things, form }, page): Desired => {
    const content: Content = {
      kind: 'winners',
      winners: things,
      page,
      pages: pages.length,
      total: winners.length,
      how: page === 0 ? how : undefined,
      ...(page === 0 && removed > 0 ? { removed } : {}),
    };
    return { part, content: looking(content, form), isNews: true };
  });
}

function winnersPages(winners: readonly Winner[], forms: Forms): readonly Piece<Winner>[] {
  const count = Math.ceil(winners.length / WINNERS_PER_MESSAGE);
  return Array.from({ length: count }, (_, page) => {
    const from = page * WINNERS_PER_MESSAGE;
    return pieces(`winners ${page + 1}`, winners.slice(from, from + WINNERS_PER_MESSAGE), forms);
  }).flat();
}
