import fc from 'fast-check';
import type { Content, Ending, Fate } from '../../../src/announcements/desired.ts';
import type { LastChange } from '../../../src/draw/last-change.ts';
import { announcement } from '../../../src/slack/blocks/announcement.ts';
import { lastChangeText } from '../../../src/slack/blocks/last-change.ts';
import { winnersMessage } from '../../../src/slack/blocks/winners.ts';
import { hash, howDrawn, round } from './for-checking.ts';
import { channelId, count, many, storedText, time, winner } from './foreign.ts';
import { nothingForeign, optional, type Rendering, rendering, unique } from './renderings.ts';
import { winnersAnnouncement } from './winners.ts';

type ContentOf<Kind extends Content['kind']> = fc.Arbitrary<Extract<Content, { kind: Kind }>>;

/** Every one of them; the compiler misses what is forgotten here. */
const ENDINGS: Readonly<Record<Ending, null>> = {
  to_be_picked: null,
  picked_elsewhere: null,
  won: null,
  nobody_entered: null,
  replaced: null,
  cancelled: null,
};
const FATES: Readonly<Record<Fate, null>> = { awaited: null, used: null, withdrawn: null };

/** The names of a table, which are all there are. */
function keys<Name extends string>(table: Readonly<Record<Name, null>>): fc.Arbitrary<Name> {
  const isOne = (name: string): name is Name => name in table;
  return fc.constantFrom(...Object.keys(table).filter(isOne));
}

const prizes = many(storedText);

/** Any last change, with any prizes. */
const lastChange: fc.Arbitrary<LastChange | undefined> = optional(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('timed', 'reopened', 'removed') }),
    fc.record({ kind: fc.constant('later'), ms: fc.integer({ min: 60_000, max: 30 * 86_400_000 }) }),
    fc.record({
      kind: fc.constantFrom('added', 'dropped'),
      prizes: fc.array(storedText, { minLength: 1, maxLength: 9 }),
    }),
  ),
);
const prizesIn = (change: LastChange | undefined) => (change && 'prizes' in change ? change.prizes : []);

const open: ContentOf<'open'> = fc.record({
  kind: fc.constant('open'),
  draw: fc.uuid(),
  channel: channelId,
  prizes,
  entrants: count,
  closesAt: optional(time.map((at) => at.getTime())),
  lastChange,
});

const closed: ContentOf<'closed'> = fc.record({
  kind: fc.constant('closed'),
  prizes,
  entrants: count,
  ending: keys(ENDINGS),
  lastChange,
  reason: optional(storedText),
});
const reasonIn = (content: Content) => ('reason' in content && content.reason ? [content.reason] : []);

const drawing: ContentOf<'drawing'> = fc.record({
  kind: fc.constant('drawing'),
  entrants: count,
  entrantsDigest: hash,
  prizes: count,
  prizesDigest: hash,
  round,
  fate: keys(FATES),
});

/** A message that Slack refused whole. */
const look = fc.constantFrom('bare', 'text');

/** So few winners are in a message without avatars. */
const few = fc.array(winner, { minLength: 1, maxLength: 5 });

/** What is posted in the channel of a draw. */
export const forEverybody: readonly Rendering[] = [
  rendering([announcement, lastChangeText], fc.oneof(open, closed), (content) => ({
    messages: [announcement(content)],
    foreign: unique(content.prizes, prizesIn(content.lastChange), reasonIn(content)),
    shows: [...content.prizes.slice(0, 1), ...reasonIn(content)],
  })),
  rendering([announcement], drawing, (content) => ({ messages: [announcement(content)], foreign: nothingForeign })),
  rendering([announcement], fc.tuple(many(winner), optional(howDrawn)), ([all, how]) => ({
    messages: winnersAnnouncement(all, how),
    foreign: unique(all.flatMap(({ prize, login, name }) => [prize, login, name])),
    shows: unique(all.flatMap(({ prize, name }) => [prize, name])),
  })),
  rendering([announcement], fc.tuple(fc.oneof(open, closed), look), ([content, look]) => ({
    messages: [announcement({ ...content, look })],
    foreign: unique(content.prizes, prizesIn(content.lastChange), reasonIn(content)),
    shows: content.prizes.slice(0, 1),
  })),
  rendering([announcement], fc.tuple(drawing, look), ([content, look]) => ({
    messages: [announcement({ ...content, look }), announcement({ ...content, isBesideOld: true })],
    foreign: nothingForeign,
  })),
  rendering([announcement], fc.tuple(few, optional(howDrawn), look), ([winners, how, look]) => ({
    messages: [
      announcement({
        kind: 'winners',
        winners,
        page: 0,
        pages: 1,
        total: winners.length,
        how,
        removed: winners.length,
        look,
        isBesideOld: true,
      }),
    ],
    foreign: unique(winners.flatMap(({ prize, login, name }) => [prize, login, name])),
    shows: unique(winners.flatMap(({ prize, name }) => [prize, name])),
  })),
  // However they were drawn, also as no record of ours says it.
  rendering(
    [winnersMessage],
    fc.tuple(fc.array(winner, { minLength: 1, maxLength: 20 }), howDrawn, count, count, count),
    ([winners, how, page, pages, removed]) => ({
      messages: [winnersMessage({ winners, page, pages, total: winners.length, removed }, how)],
      foreign: unique(winners.flatMap(({ prize, login, name }) => [prize, login, name])),
    }),
  ),
];
