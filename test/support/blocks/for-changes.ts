import fc from 'fast-check';
import type { AddPrizesOutcome } from '../../../src/draw/add-prizes.ts';
import type { CancelOutcome } from '../../../src/draw/cancel.ts';
import type { DropPrizesOutcome } from '../../../src/draw/drop-prizes.ts';
import type { ExtendOutcome } from '../../../src/draw/extend.ts';
import type { LeaveOutcome } from '../../../src/draw/leave.ts';
import type { NotChangeable } from '../../../src/draw/not-changeable.ts';
import type { RemoveOutcome } from '../../../src/draw/remove.ts';
import { extendSyntaxText, prizesSyntaxText } from '../../../src/slack/blocks/change-syntax.ts';
import { addText, cancelText, dropText, extendText, notChangeableText } from '../../../src/slack/blocks/changing.ts';
import { drawsAnswer } from '../../../src/slack/blocks/draws.ts';
import { leaveAnswer } from '../../../src/slack/blocks/leaving.ts';
import type { NotAllowed } from '../../../src/slack/blocks/organising.ts';
import { literalNote, note } from '../../../src/slack/blocks/parts.ts';
import { removedMessage, removeText } from '../../../src/slack/blocks/removing.ts';
import type { Mrkdwn } from '../../../src/slack/blocks/text.ts';
import type { Told } from '../../../src/slack/direct-messages.ts';
import { status } from './for-members.ts';
import { anyText, channelId, count, githubLogin, notOpenState, storedText, time } from './foreign.ts';
import { nothingForeign, optional, type Rendered, type Rendering, rendering, unique } from './renderings.ts';

const refusal: fc.Arbitrary<NotChangeable | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constant('refused'), state: fc.constantFrom('NO_DRAW', 'DRAW_WON') }),
  fc.constantFrom<NotChangeable | NotAllowed>(
    { kind: 'being_picked' },
    { kind: 'picked_elsewhere' },
    { kind: 'another_draw' },
    { kind: 'not_allowed' },
  ),
);

const prizes = fc.array(storedText, { minLength: 1, maxLength: 9 });

const extended: fc.Arbitrary<ExtendOutcome | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constantFrom('later', 'timed', 'reopened'), closesAt: time }),
  fc.record({ kind: fc.constant('too_long'), closesIn: fc.nat() }),
  refusal,
);
const added: fc.Arbitrary<AddPrizesOutcome | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constantFrom('added', 'too_many'), count }),
  fc.record({ kind: fc.constant('there'), prizes }),
  refusal,
);
const dropped: fc.Arbitrary<DropPrizesOutcome | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constant('dropped'), count }),
  fc.record({ kind: fc.constant('not_there'), prizes }),
  fc.constant<DropPrizesOutcome>({ kind: 'last' }),
  refusal,
);
const removed: fc.Arbitrary<RemoveOutcome | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constant('removed'), member: fc.constant('U1'), entrants: count }),
  fc.constantFrom<RemoveOutcome>({ kind: 'not_in' }, { kind: 'removed_before' }),
  refusal,
);
const cancelled: fc.Arbitrary<CancelOutcome | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constant('cancelled'), entrants: count }),
  refusal,
);
const told: fc.Arbitrary<Told> = fc.oneof(
  fc.constantFrom<Told>({ kind: 'told' }, { kind: 'unsure' }),
  fc.record({ kind: fc.constant('refused'), code: fc.constantFrom('messages_tab_disabled', 'ratelimited') }),
);
const left: fc.Arbitrary<LeaveOutcome> = fc.oneof(
  fc.record({ kind: fc.constant('left'), login: githubLogin }),
  fc.record({ kind: fc.constant('several'), logins: fc.array(githubLogin, { minLength: 2, maxLength: 200 }) }),
  fc.record({ kind: fc.constant('not_open'), state: notOpenState }),
  fc.constantFrom<LeaveOutcome>({ kind: 'not_in' }, { kind: 'not_yours' }, { kind: 'another_draw' }),
);

const says = (text: Mrkdwn, foreign: readonly string[] = nothingForeign): Rendered => ({
  messages: [note(text)],
  foreign,
});

/** What is said of changes of a draw that is on, and of all that are. */
export const forChanges: readonly Rendering[] = [
  rendering([extendText, notChangeableText], extended, (outcome) => says(extendText(outcome))),
  rendering([addText], fc.tuple(added, prizes), ([outcome, given]) =>
    says(addText(outcome, given), unique(given, 'prizes' in outcome ? outcome.prizes : [])),
  ),
  rendering([dropText], fc.tuple(dropped, prizes), ([outcome, given]) =>
    says(dropText(outcome, given), unique(given, 'prizes' in outcome ? outcome.prizes : [])),
  ),
  rendering([removeText], fc.tuple(removed, githubLogin, optional(told)), ([outcome, login, of]) =>
    says(removeText(outcome, login, of)),
  ),
  rendering([cancelText], cancelled, (outcome) => says(cancelText(outcome))),
  rendering(
    [removedMessage],
    fc.tuple(githubLogin, channelId, fc.oneof(fc.constant(''), anyText)),
    ([login, at, why]) => ({
      messages: [removedMessage(login, at, why)],
      foreign: unique([why]),
      shows: why === '' ? [] : [why],
    }),
  ),
  rendering([leaveAnswer], fc.tuple(left, optional(githubLogin)), ([outcome, asked]) => ({
    messages: [leaveAnswer(outcome, asked)],
    foreign: nothingForeign,
  })),
  rendering(
    [extendSyntaxText],
    fc.tuple(fc.constantFrom('not_a_duration' as const, 'too_short' as const, 'too_long' as const), anyText),
    ([kind, typed]) => ({
      messages: [literalNote(extendSyntaxText(kind, typed))],
      foreign: [typed],
      shows: typed === '' ? [] : [typed],
    }),
  ),
  rendering([prizesSyntaxText], fc.constantFrom('add' as const, 'drop' as const), (name) => ({
    messages: [literalNote(prizesSyntaxText(name))],
    foreign: nothingForeign,
  })),
  rendering(
    [drawsAnswer],
    fc.tuple(fc.array(fc.record({ channel: channelId, status }), { maxLength: 60 }), count, time),
    ([draws, more, now]) => ({
      messages: [drawsAnswer(draws, more, now)],
      foreign: unique(draws.flatMap(({ status: { prizes } }) => prizes.slice(0, 3))),
    }),
  ),
];
