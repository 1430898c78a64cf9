import type { Phase } from '../../../src/draw/record.ts';
import { ABANDONED_AFTER, PICKING_QUIET, STARTING_QUIET, WINNERS_QUIET } from '../../../src/draw/snapshot.ts';
import { BEFORE, type Before, type NowThere } from './situations.ts';

/** What is to be concluded, when nothing has changed for how long, and what is said of the draw until then. */
export interface Expected {
  readonly kind: 'nothing_new' | 'same_draw' | 'another_draw';
  readonly phase?: Phase;
  readonly quiet: number;
  /** Whether the draw is meanwhile said to be picked by another program. */
  readonly isPicking?: boolean;
  readonly entrants?: number;
}

export type Row = readonly [there: NowThere, expected: Expected, why: string];

const nothing: Expected = { kind: 'nothing_new', quiet: 0 };
const same = (phase: Phase, entrants?: number): Expected => ({
  kind: 'same_draw',
  phase,
  quiet: 0,
  ...(entrants === undefined ? {} : { entrants }),
});
const another = (phase: Phase, quiet = 0): Expected => ({ kind: 'another_draw', phase, quiet });
const starting = (phase: Phase): Expected => another(phase, STARTING_QUIET);
/** It has begun anew, and some have entered it already: that is certain once it has been seen twice. */
const enteredAnew: Expected = another('open', WINNERS_QUIET);
const picking = (phase: Phase, quiet: number, entrants = 4): Expected => ({
  kind: 'same_draw',
  phase,
  quiet,
  isPicking: true,
  entrants,
});
const givenUp = (entrants: number): Expected => ({ ...picking('closed', ABANDONED_AFTER), entrants });
const gone: Expected = { kind: 'same_draw', phase: 'replaced', quiet: ABANDONED_AFTER, isPicking: true };

/** Open, with prizes, and with no winners. */
const SOMEHOW_OPEN = [
  'open, the same',
  'open, with other prizes, nobody in',
  'open, with one more prize',
  'open, with a prize less',
  'open, nobody in',
  'open, one taken out',
  'open, the only member taken out',
  'open, somebody taken out whom nobody knows',
  'open, every member gone, others in',
  'open, fewer in, with another closing time',
  'open, one taken out, and more time given',
  'open, one more in',
  'open, with another closing time',
  'open, without its timer',
] as const satisfies readonly NowThere[];

const FIRST_LOOK: readonly Row[] = [
  ['nothing', nothing, 'there is no draw'],
  ['entrants only', nothing, 'entrants alone are no draw'],
  ['other prizes only', another('closed'), 'a closed draw, or one that is about to be opened'],
  ['the same prizes only', another('closed'), 'as any prizes'],
  ['the same and one more prize only', another('closed'), 'as any prizes'],
  ['open, with nothing in it', another('open'), 'whatever is_open says counts'],
  ['open, with an earlier one’s winners', another('open'), 'the winners are not its own'],
  ['closed, the same', another('closed'), 'it waits for its pick'],
  ['closed, a prize and somebody less', another('closed'), 'nobody knows that there were more'],
  ['closed, a late entry', another('closed'), 'nobody knows that it is late'],
  ['closed, with one more prize', another('closed'), 'nobody knows that it is new'],
  ['won, with everything still there', another('won'), 'with winners and not open, it is over'],
  ['won, with a prize left', another('won'), 'prizes may be left over'],
  ['won, all of it', another('won'), 'it was over before anybody looked'],
  ['won, one of them by another', another('won'), 'nobody knows who won before'],
  ['won, and one more that it never had', another('won'), 'nobody knows what it had'],
  ['won, other prizes', another('won'), 'nobody knows what it had'],
  ...SOMEHOW_OPEN.map((there): Row => [there, another('open'), 'a draw is on']),
];

/** The same for every draw that was on, however far it had come; the original application picks it, or starts another. */
const PICKED_OR_REPLACED: readonly Row[] = [
  [
    'nothing',
    gone,
    'the last prize was taken out, or the sets deleted to start another; after a minute, it was removed',
  ],
  ['entrants only', gone, 'the last prize was taken out, and the winners are yet to come'],
  ['other prizes only', starting('closed'), 'none of its prizes are left: another is just being started'],
  [
    'the same prizes only',
    givenUp(0),
    'everybody was taken out: by a pick, or to start it anew, which is_open would show',
  ],
  ['closed, a prize and somebody less', givenUp(3), 'sets that only shrink are being picked from'],
  ['won, with everything still there', picking('won', PICKING_QUIET), 'it may still be picking; nobody counts twice'],
  ['won, with a prize left', picking('won', WINNERS_QUIET), 'nobody is left to win the other prize'],
  ['won, all of it', picking('won', WINNERS_QUIET), 'every prize is won; who took part was counted before'],
  ['won, one of them by another', picking('won', WINNERS_QUIET), 'nobody had won yet, so nobody is another'],
  ['won, and one more that it never had', another('won', WINNERS_QUIET), 'it cannot have given a prize it never had'],
  ['won, other prizes', another('won', WINNERS_QUIET), 'it cannot have given these'],
];

const OPEN: readonly Row[] = [
  ...PICKED_OR_REPLACED,
  ['the same and one more prize only', starting('closed'), 'those who were in are gone, and a prize is new'],
  ['open, the same', nothing, 'so says the record'],
  ['open, with other prizes, nobody in', another('open'), 'nothing is left of it'],
  ['open, with one more prize', another('open'), 'the original application cannot add a prize'],
  ['open, with a prize less', same('open', 4), 'somebody took a prize back'],
  ['open, with nothing in it', starting('open'), 'another is being started: its prizes are yet to come'],
  ['open, nobody in', starting('open'), 'it is started anew; the old prizes may be about to go'],
  [
    'open, one taken out',
    same('open', 3),
    'most of those who entered through the bot are still in: somebody was taken out by hand',
  ],
  ['open, the only member taken out', same('open', 3), 'others are in, and it was not opened anew'],
  ['open, somebody taken out whom nobody knows', same('open', 3), 'others are in, and it was not opened anew'],
  ['open, every member gone, others in', enteredAnew, 'nobody takes out just those who came through the bot'],
  ['open, fewer in, with another closing time', enteredAnew, 'is_open is new, and nobody known is in'],
  ['open, one taken out, and more time given', same('open', 3), 'half of those who are known are in'],
  ['open, one more in', same('open', 5), 'somebody entered elsewhere'],
  ['open, with another closing time', same('open', 4), 'somebody gave it more time'],
  ['open, without its timer', same('open', 4), 'somebody lets it run until it is closed by hand'],
  ['open, with an earlier one’s winners', nothing, 'as long as it is open, winners are not its own'],
  ['closed, the same', same('closed', 4), 'its timer closed it, or somebody else'],
  ['closed, a late entry', same('closed', 5), 'somebody entered before it closed'],
  [
    'closed, with one more prize',
    { ...same('closed', 4), quiet: STARTING_QUIET },
    'everybody is in, so it got one more prize',
  ],
];

/** `is_open` came back: the original application can only start a draw, not open one again. */
const OPENED_AGAIN: readonly Row[] = [
  ...SOMEHOW_OPEN.map((there): Row => [there, another('open'), 'is_open came back']),
  ['open, with nothing in it', starting('open'), 'is_open came back, and the prizes are yet to come'],
];

const CLOSED: readonly Row[] = [
  ...PICKED_OR_REPLACED,
  ...OPENED_AGAIN,
  ['the same and one more prize only', starting('closed'), 'those who were in are gone, and a prize is new'],
  ['open, with an earlier one’s winners', another('open'), 'is_open came back'],
  ['closed, the same', nothing, 'so says the record'],
  ['closed, a late entry', same('closed', 5), 'another program let somebody in who was about to enter'],
  [
    'closed, with one more prize',
    { ...same('closed', 4), quiet: STARTING_QUIET },
    'everybody is in, so it got one more prize',
  ],
];

/** Prizes come before `is_open`: it may still be on its way, so that being open now is no contradiction. */
const NEVER_OPENED: readonly Row[] = [
  ...PICKED_OR_REPLACED,
  ['the same and one more prize only', same('closed', 0), 'its prizes are still being added'],
  ['open, the same', same('open', 4), 'now it is open'],
  ['open, with other prizes, nobody in', another('open'), 'its own prizes are gone'],
  ['open, with one more prize', same('open', 4), 'its prizes came one by one'],
  ['open, with a prize less', same('open', 4), 'it is open, with what is left'],
  ['open, with nothing in it', starting('open'), 'those who were in are gone'],
  ['open, nobody in', starting('open'), 'those who were in are gone'],
  ['open, one taken out', same('open', 3), 'most are still in'],
  ['open, the only member taken out', same('open', 3), 'others are in, and now it is open'],
  ['open, somebody taken out whom nobody knows', same('open', 3), 'others are in, and now it is open'],
  ['open, every member gone, others in', enteredAnew, 'nobody takes out just those who came through the bot'],
  ['open, fewer in, with another closing time', same('open', 3), 'others are in, and now it is open'],
  ['open, one taken out, and more time given', same('open', 3), 'most are still in'],
  ['open, one more in', same('open', 5), 'now it is open, and somebody entered'],
  ['open, with another closing time', same('open', 4), 'now it is open, with a timer'],
  ['open, without its timer', same('open', 4), 'now it is open'],
  ['open, with an earlier one’s winners', same('open', 4), 'the winners are an earlier one’s'],
  ['closed, the same', nothing, 'so says the record'],
  ['closed, a late entry', same('closed', 5), 'it was counted again'],
  ['closed, with one more prize', same('closed', 4), 'its prizes are still being added'],
];

const BEING_PICKED: readonly Row[] = [
  ...CLOSED.filter(([there]) => there !== 'closed, the same'),
  ['closed, the same', same('closed', 4), 'what was taken out is back: nobody is picking'],
];

const left = 'whoever carries the pick out sees what has changed, and begins again or gives it up';
const COMMITTED: readonly Row[] = [
  ...OPENED_AGAIN,
  ...PICKED_OR_REPLACED.filter(([there]) => there.startsWith('won')),
  ['nothing', nothing, left],
  ['entrants only', nothing, left],
  ['other prizes only', nothing, left],
  ['the same prizes only', nothing, left],
  ['the same and one more prize only', nothing, left],
  ['open, with an earlier one’s winners', nothing, 'it stays open while it is picked, or it would count as over'],
  ['closed, the same', nothing, 'so says the record'],
  ['closed, a prize and somebody less', nothing, left],
  ['closed, a late entry', nothing, left],
  ['closed, with one more prize', nothing, left],
];

const OVER: readonly Row[] = [
  ...OPENED_AGAIN,
  ['nothing', nothing, 'the sets were deleted to start another'],
  ['entrants only', nothing, 'no prizes: not yet a draw'],
  ['other prizes only', starting('closed'), 'another is just being started'],
  ['the same and one more prize only', starting('closed'), 'another is just being started'],
  ['open, with an earlier one’s winners', another('open'), 'is_open came back'],
  ['closed, the same', starting('closed'), 'it is over: these are another’s entrants'],
  ['closed, a prize and somebody less', starting('closed'), 'it is over: these are another’s entrants'],
  ['closed, a late entry', starting('closed'), 'it is over: these are another’s entrants'],
  ['closed, with one more prize', starting('closed'), 'it is over: these are another’s entrants'],
  ['won, and one more that it never had', another('won', WINNERS_QUIET), 'another draw came and went'],
  ['won, other prizes', another('won', WINNERS_QUIET), 'another draw came and went'],
];

const WON: readonly Row[] = [
  ...OVER,
  ['the same prizes only', nothing, 'prizes that were left over, or another one’s that is not open yet'],
  ['won, with everything still there', another('won', PICKING_QUIET), 'one of its winners is gone'],
  ['won, with a prize left', nothing, 'so says the record'],
  [
    'won, all of it',
    { ...same('won'), quiet: WINNERS_QUIET },
    'another program gave what was left over: its winners stay',
  ],
  ['won, one of them by another', another('won', WINNERS_QUIET), 'its prizes were given again'],
];

const NOT_WON: readonly Row[] = [
  ...OVER,
  ['the same prizes only', starting('closed'), 'it had deleted its prizes'],
  ['won, with everything still there', another('won', PICKING_QUIET), 'it was over without winners'],
  ['won, with a prize left', another('won', WINNERS_QUIET), 'it was over without winners'],
  ['won, all of it', another('won', WINNERS_QUIET), 'it was over without winners'],
  ['won, one of them by another', another('won', WINNERS_QUIET), 'it was over without winners'],
];

/** For every record and all that may be there now: what is concluded, and why. */
export const TABLE: ReadonlyArray<readonly [what: string, before: Before, rows: readonly Row[]]> = [
  ['no draw at all', BEFORE.none, FIRST_LOOK],
  ['a draw that is open', BEFORE.open, OPEN],
  ['a closed draw that was never seen open', BEFORE.neverOpened, NEVER_OPENED],
  ['a draw that has closed', BEFORE.closed, CLOSED],
  ['a draw that another program is picking', BEFORE.pickedElsewhere, BEING_PICKED],
  ['a draw whose pick has been committed to', BEFORE.committed, COMMITTED],
  ['a draw that has been won', BEFORE.won, WON],
  ['a draw that was cancelled', BEFORE.cancelled, NOT_WON],
  ['a draw that was replaced', BEFORE.replaced, NOT_WON],
];
