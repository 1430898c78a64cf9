import fc from 'fast-check';
import { isOneLine, oneLine } from '../../../src/draw/fair/one-line.ts';
import { MAX_QUANTITY, type PrizesResult, parsePrizes } from '../../../src/draw/prizes.ts';
import { assertNever } from '../../../src/draw/types.ts';
import { announcement } from '../../../src/slack/blocks/announcement.ts';
import { controlPanel } from '../../../src/slack/blocks/panel.ts';
import { literalNote } from '../../../src/slack/blocks/parts.ts';
import { prizesProblem } from '../../../src/slack/blocks/starting.ts';
import { prizesAnswer, statusAnswer } from '../../../src/slack/blocks/status.ts';
import { status } from './for-members.ts';
import { anyText, count, drawRef, HAZARDS, storedText, time } from './foreign.ts';
import { optional, type Rendering, rendering, unique } from './renderings.ts';

const problemOfPrizes: fc.Arbitrary<Exclude<PrizesResult, { kind: 'ok' }>> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({
    kind: fc.constant('unprintable' as const),
    prizes: fc.array(anyText, { minLength: 1, maxLength: 200 }),
  }),
  fc.record({ kind: fc.constant('twice' as const), prizes: fc.array(anyText, { minLength: 1, maxLength: 200 }) }),
  fc.record({
    kind: fc.constant('quantity' as const),
    prizes: fc.array(fc.record({ name: anyText, quantity: fc.oneof(fc.constant(0), fc.integer({ min: 101 })) }), {
      minLength: 1,
      maxLength: 200,
    }),
  }),
  fc.record({ kind: fc.constant('too_many' as const), count: fc.integer({ min: 501, max: 400_000 }) }),
);

/** The names of others' that the problem is about, as they are shown. */
function namesIn(problem: Exclude<PrizesResult, { kind: 'ok' }>): readonly string[] {
  switch (problem.kind) {
    case 'none':
    case 'too_many':
      return [];
    case 'unprintable':
      return problem.prizes.map(oneLine);
    case 'quantity':
      return problem.prizes.map(({ name }) => name);
    case 'twice':
      return problem.prizes;
    default:
      return assertNever(problem);
  }
}

/** Prizes as a start stores them, several of a kind among them, with what each kind is called. */
const severalOfAKind = fc
  .uniqueArray(
    fc.record({
      name: fc.oneof(storedText, fc.constantFrom(...HAZARDS)).filter((name) => isOneLine(name) && name.trim() !== ''),
      quantity: fc.integer({ min: 1, max: MAX_QUANTITY }),
    }),
    { minLength: 1, maxLength: 5, selector: ({ name }) => name.trim() },
  )
  .map((given) => parsePrizes(given))
  .filter((result) => result.kind === 'ok')
  .map(({ prizes }) => prizes);

/** Prizes: what is wrong with them, and how they are listed. */
export const forPrizes: readonly Rendering[] = [
  rendering([prizesProblem, literalNote], problemOfPrizes, (problem) => {
    const text = prizesProblem(problem);
    const prizes = namesIn(problem);
    return { messages: [literalNote(text)], errors: [text], foreign: unique(prizes), shows: prizes.slice(0, 5) };
  }),
  rendering(
    [announcement],
    fc.tuple(
      severalOfAKind,
      count,
      drawRef,
      optional(time.map((at) => at.getTime())),
      optional(fc.constantFrom('bare', 'text')),
    ),
    ([prizes, entrants, { channel, id = '' }, closesAt, look]) => ({
      messages: [
        announcement({
          kind: 'open',
          draw: id,
          channel,
          prizes,
          entrants,
          closesAt,
          lastChange: undefined,
          ...(look ? { look } : {}),
        }),
        announcement({
          kind: 'closed',
          prizes,
          entrants,
          ending: 'won',
          lastChange: undefined,
          reason: undefined,
          ...(look ? { look } : {}),
        }),
      ],
      foreign: kinds(prizes),
      shows: kinds(prizes).slice(0, 1),
    }),
  ),
  rendering(
    [statusAnswer, prizesAnswer, controlPanel],
    fc.tuple(severalOfAKind, status, drawRef, time),
    ([prizes, some, draw, now]) => {
      const of = { ...some, state: 'DRAW_OPEN_NO_ENTRANTS' as const, prizes };
      const panelDraw = { channel: draw.channel, isHome: true, status: of, problem: undefined };
      return {
        messages: [
          statusAnswer(of, draw, [], now),
          ...prizesAnswer(of),
          controlPanel([panelDraw], now, { said: undefined, left: 0, problems: [] }),
        ],
        foreign: kinds(prizes),
        shows: kinds(prizes).slice(0, 1),
      };
    },
  ),
];

/** The names without their numbers. */
function kinds(prizes: readonly string[]): readonly string[] {
  return unique(prizes.map((prize) => prize.replace(/ \(\d+ of \d+\)$/, '')));
}
