import fc from 'fast-check';
import type { DrawStatus } from '../../../src/draw/status.ts';
import { closedAnnouncement, openAnnouncement } from '../../../src/slack/blocks/announcement.ts';
import {
  type EnterResult,
  enterAnswer,
  isAtFault,
  notOpenText,
  refusalText,
} from '../../../src/slack/blocks/entering.ts';
import { helpAnswer } from '../../../src/slack/blocks/help.ts';
import { note } from '../../../src/slack/blocks/parts.ts';
import { problemText } from '../../../src/slack/blocks/problem.ts';
import { prizesAnswer, statusAnswer } from '../../../src/slack/blocks/status.ts';
import { fallback } from '../../../src/slack/blocks/text.ts';
import { winnersAnnouncement, winnersAnswer, winnersMessage } from '../../../src/slack/blocks/winners.ts';
import { SUBCOMMANDS } from '../../../src/slack/listeners/commands/table.ts';
import { howDrawn } from './for-checking.ts';
import {
  anyText,
  count,
  githubLogin,
  many,
  notOpenState,
  profile,
  state,
  storedText,
  time,
  winner,
} from './foreign.ts';
import { nothingForeign, optional, type Rendering, rendering, unique } from './renderings.ts';

const closesIn = optional(fc.integer({ min: 0, max: 30 * 24 * 3600 * 1000 }));
const prizes = many(storedText);

const logins = fc.array(githubLogin, { maxLength: 12 });

/** Any status of a draw; the logins are the bot's own, so they are some that GitHub can have. */
export const status: fc.Arbitrary<DrawStatus> = fc.record({
  state,
  closesIn,
  entrants: count,
  prizes,
  logins: logins,
  entered: logins,
  drawId: fc.string(),
  commitment: fc.constant(undefined),
});

const announcement = fc.record({ prizes, entrants: count, closesAt: optional(time) });

const enterResult: fc.Arbitrary<EnterResult> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('entered'), profile }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('already_in'),
      profile,
      by: fc.constantFrom('you', 'another', 'unknown', undefined),
    }),
  },
  fc.record({ kind: fc.constant('not_open'), state: notOpenState }),
  fc.record({ kind: fc.constant('enough'), logins: fc.array(githubLogin, { minLength: 1, maxLength: 12 }) }),
  fc.record({ kind: fc.constant('limited'), until: time }),
  fc.constantFrom<EnterResult>(
    { kind: 'not_an_id' },
    { kind: 'no_such_user' },
    { kind: 'organisation' },
    { kind: 'unreachable' },
  ),
);

const winners = many(winner);

/** What everybody sees, and what a member is answered. */
export const forMembers: readonly Rendering[] = [
  rendering([openAnnouncement], announcement, (input) => ({
    messages: [openAnnouncement(input)],
    foreign: unique(input.prizes),
    shows: input.prizes.slice(0, 1),
  })),
  rendering([closedAnnouncement], fc.tuple(announcement, fc.boolean()), ([input, won]) => ({
    messages: [closedAnnouncement(input, won)],
    foreign: unique(input.prizes),
    shows: input.prizes.slice(0, 1),
  })),
  rendering([winnersAnnouncement, winnersMessage], fc.tuple(winners, optional(howDrawn)), ([all, how]) => ({
    messages: winnersAnnouncement(all, how),
    foreign: unique(all.flatMap(({ prize, login, name }) => [prize, login, name])),
    shows: unique(all.flatMap(({ prize, name }) => [prize, name])),
  })),
  rendering([winnersAnswer], fc.tuple(winners, logins), ([all, mine]) => ({
    messages: winnersAnswer(all, mine),
    foreign: unique(all.flatMap(({ prize, login, name }) => [prize, login, name])),
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
    fc.tuple(status, fc.array(fc.record({ prize: storedText, login: githubLogin }), { maxLength: 5 }), time),
    ([seen, won, now]) => ({
      messages: [statusAnswer(seen, won, now)],
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
  rendering([problemText], fc.stringMatching(/^[a-z0-9-]{1,36}$/), (id) => ({
    messages: [note(problemText(id))],
    errors: [fallback(problemText(id))],
    foreign: nothingForeign,
    shows: [id],
  })),
];
