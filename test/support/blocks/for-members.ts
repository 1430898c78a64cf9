import fc from 'fast-check';
import type { GaveUp } from '../../../src/draw/gave-up.ts';
import { PHASES } from '../../../src/draw/record.ts';
import type { DrawStatus } from '../../../src/draw/status.ts';
import type { Winner } from '../../../src/draw/types.ts';
import { inDraw } from '../../../src/slack/blocks/choosing.ts';
import {
  type EnterResult,
  enterAnswer,
  isAtFault,
  notOpenText,
  refusalText,
} from '../../../src/slack/blocks/entering.ts';
import { helpAnswer } from '../../../src/slack/blocks/help.ts';
import { note } from '../../../src/slack/blocks/parts.ts';
import { newerText, problemText } from '../../../src/slack/blocks/problem.ts';
import { prizesAnswer, statusAnswer } from '../../../src/slack/blocks/status.ts';
import { fallback } from '../../../src/slack/blocks/text.ts';
import { tooLongAnswer } from '../../../src/slack/blocks/too-long.ts';
import { winnersAnswer } from '../../../src/slack/blocks/winners.ts';
import { SUBCOMMANDS } from '../../../src/slack/listeners/commands/table.ts';
import { hash, round } from './for-checking.ts';
import {
  anyText,
  channelId,
  count,
  drawRef,
  githubLogin,
  many,
  notOpenState,
  profile,
  state,
  storedText,
  time,
  winner,
} from './foreign.ts';
import { nothingForeign, optional, type Rendered, type Rendering, rendering, unique } from './renderings.ts';

const closesIn = optional(fc.integer({ min: 0, max: 30 * 24 * 3600 * 1000 }));
const prizes = many(storedText);

const logins = fc.array(githubLogin, { maxLength: 12 });

export const gaveUpReason = fc.constantFrom<GaveUp['reason']>('changed', 'unreadable', 'unknown');

/** Any status of a draw; the logins are the bot's own, so they are some that GitHub can have. */
export const status: fc.Arbitrary<DrawStatus> = fc.record({
  state,
  closesIn,
  entrants: count,
  prizes,
  logins: logins,
  entered: logins,
  drawId: fc.string(),
  phase: optional(fc.constantFrom(...PHASES)),
  commitment: optional(
    fc.record({
      id: fc.uuid(),
      version: fc.constant(1),
      source: fc.constant('drand'),
      chain: hash,
      round,
      entrants: count,
      entrantsDigest: hash,
      prizes: count,
      prizesDigest: hash,
      committedAt: fc.constant('2026-01-02T03:04:05.678Z'),
      pickedBy: fc.constant('U0123456789'),
    }),
  ),
  gaveUp: optional(fc.record({ at: fc.nat(), reason: gaveUpReason, isFinal: fc.boolean() })),
});

const enterResult: fc.Arbitrary<EnterResult> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('entered'), profile, draw: fc.uuid() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('already_in'),
      profile,
      by: fc.constantFrom('you', 'another', 'unknown'),
    }),
  },
  fc.record({ kind: fc.constant('not_open'), state: notOpenState }),
  fc.record({ kind: fc.constant('enough'), logins: fc.array(githubLogin, { minLength: 1, maxLength: 12 }) }),
  fc.record({ kind: fc.constant('limited'), until: time }),
  fc.record({ kind: fc.constant('missed_too_often'), until: time }),
  fc.constantFrom<EnterResult>(
    { kind: 'another_draw' },
    { kind: 'not_an_id' },
    { kind: 'no_such_user' },
    { kind: 'organisation' },
    { kind: 'removed' },
    { kind: 'unreachable' },
  ),
);

const winners = many(winner);

const wordsOf = (all: readonly Winner[]) => unique(all.flatMap(({ prize, login, name }) => [prize, login, name]));

/** What a member is answered. */
export const forMembers: readonly Rendering[] = [
  rendering(
    [inDraw],
    fc.tuple(
      fc.oneof(
        winners.map((all): Rendered => ({ messages: winnersAnswer(all, []), foreign: wordsOf(all) })),
        status.map((seen): Rendered => ({ messages: prizesAnswer(seen), foreign: unique(seen.prizes) })),
        enterResult.map((result): Rendered => ({ messages: [enterAnswer(result)], foreign: nothingForeign })),
      ),
      channelId,
    ),
    ([{ messages = [], foreign }, channel]) => ({
      messages: messages.map((answer) => inDraw(answer, channel, { home: 'C0HOME', drawHere: undefined })),
      foreign,
    }),
  ),
  rendering([winnersAnswer], fc.tuple(winners, logins), ([all, mine]) => ({
    messages: winnersAnswer(all, mine),
    foreign: wordsOf(all),
    shows: unique(all.slice(0, 6).flatMap(({ prize, name }) => [prize, name])),
  })),
  rendering([enterAnswer, refusalText, notOpenText, isAtFault, note], enterResult, (result) => {
    const foreign = 'profile' in result ? [result.profile.login, result.profile.name] : nothingForeign;
    return {
      messages: [enterAnswer(result)],
      errors: isAtFault(result) ? [fallback(refusalText(result))] : [],
      foreign,
      shows: 'profile' in result ? [result.kind === 'entered' ? result.profile.name : result.profile.login] : [],
    };
  }),
  rendering(
    [statusAnswer],
    fc.tuple(status, drawRef, fc.array(fc.record({ prize: storedText, login: githubLogin }), { maxLength: 5 }), time),
    ([seen, draw, won, now]) => ({
      messages: [statusAnswer(seen, draw, won, now)],
      foreign: unique(
        seen.prizes,
        won.map(({ prize }) => prize),
      ),
      shows: seen.state === 'DRAW_WON' ? won.slice(0, 1).map(({ prize }) => prize) : [],
    }),
  ),
  rendering([prizesAnswer], status, (seen) => ({
    messages: prizesAnswer(seen),
    foreign: unique(seen.prizes),
    shows: seen.state === 'NO_DRAW' ? [] : seen.prizes.slice(0, 1),
  })),
  rendering(
    [helpAnswer],
    fc.tuple(fc.subarray([...SUBCOMMANDS], { minLength: 1 }), optional(anyText)),
    ([lines, unknown]) => ({
      messages: [helpAnswer(lines, unknown)],
      foreign: unknown === undefined ? nothingForeign : [unknown],
      shows: unknown === undefined ? nothingForeign : [unknown],
    }),
  ),
  rendering([tooLongAnswer], count, (length) => ({ messages: [tooLongAnswer(length)], foreign: nothingForeign })),
  rendering([newerText], fc.constant(newerText()), (text) => ({
    messages: [note(text)],
    errors: [fallback(text)],
    foreign: nothingForeign,
  })),
  rendering([problemText], fc.stringMatching(/^[a-z0-9-]{1,36}$/), (id) => ({
    messages: [note(problemText(id))],
    errors: [fallback(problemText(id))],
    foreign: nothingForeign,
    shows: [id],
  })),
];
