import fc from 'fast-check';
import type { CloseOutcome } from '../../../src/draw/close.ts';
import type { PickOutcome } from '../../../src/draw/pick.ts';
import type { PrizesResult } from '../../../src/draw/prizes.ts';
import type { StartOutcome } from '../../../src/draw/start.ts';
import { BY_HAND, enterDialog, noticeDialog, OFFERED_MINUTES, startDialog } from '../../../src/slack/blocks/dialogs.ts';
import { enterAnswer } from '../../../src/slack/blocks/entering.ts';
import { entrantsAnswer } from '../../../src/slack/blocks/entrants.ts';
import {
  closeText,
  type Drawing,
  type NotAllowed,
  notAllowedText,
  pickText,
  startText,
} from '../../../src/slack/blocks/organising.ts';
import { controlPanel } from '../../../src/slack/blocks/panel.ts';
import { literalNote, note } from '../../../src/slack/blocks/parts.ts';
import { prizesProblem, startSyntaxText } from '../../../src/slack/blocks/starting.ts';
import { fallback, type Mrkdwn } from '../../../src/slack/blocks/text.ts';
import { status } from './for-members.ts';
import { anyLogin, anyText, count, many, notOpenState, profile, state, storedText, time } from './foreign.ts';
import { nothingForeign, optional, type Rendered, type Rendering, rendering, unique } from './renderings.ts';

const notAllowed: fc.Arbitrary<NotAllowed> = fc.constant({ kind: 'not_allowed' });

const startOutcome: fc.Arbitrary<StartOutcome | NotAllowed> = fc.oneof(
  fc.constant<StartOutcome>({ kind: 'started' }),
  fc.record({ kind: fc.constant('refused'), state }),
  notAllowed,
);

const closeOutcome: fc.Arbitrary<CloseOutcome | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constant('closed'), entrants: count }),
  fc.record({ kind: fc.constant('not_open'), state: notOpenState }),
  notAllowed,
);

const pickOutcome: fc.Arbitrary<PickOutcome | Drawing | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constant('drawing'), entrants: count, round: count }),
  fc.record({
    kind: fc.constant('picked'),
    wins: many(fc.record({ prize: anyText, login: anyLogin })),
    entrants: count,
  }),
  fc.record({ kind: fc.constant('refused'), state }),
  fc.constant<PickOutcome>({ kind: 'too_busy' }),
  notAllowed,
);

const said = (text: Mrkdwn): Rendered => ({ messages: [note(text)], foreign: nothingForeign });

const problemOfPrizes: fc.Arbitrary<Exclude<PrizesResult, { kind: 'ok' }>> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('twice' as const), prizes: fc.array(anyText, { minLength: 1, maxLength: 200 }) }),
);

const typed = fc.record({
  prizes: optional(storedText),
  duration: optional(fc.oneof(fc.constantFrom(BY_HAND, ...OFFERED_MINUTES.map(String)), fc.string())),
});

/** What organisers see, and the dialogs. */
export const forOrganisers: readonly Rendering[] = [
  rendering(
    [controlPanel],
    fc.tuple(
      status,
      time,
      optional(fc.oneof(startOutcome.map(startText), closeOutcome.map(closeText), pickOutcome.map(pickText))),
    ),
    ([seen, now, text]) => ({
      messages: [controlPanel(seen, now, text)],
      foreign: unique(seen.prizes),
      shows: seen.prizes.slice(0, 1),
    }),
  ),
  rendering([entrantsAnswer], many(anyLogin), (logins) => ({
    messages: [entrantsAnswer(logins)],
    foreign: unique(logins),
    shows: logins.slice(0, 1),
  })),
  rendering([startText, notAllowedText], startOutcome, (outcome) => ({
    ...said(startText(outcome)),
    // A dialog shows a refusal at its field.
    errors: outcome.kind === 'refused' ? [fallback(startText(outcome))] : [],
  })),
  rendering([closeText], closeOutcome, (outcome) => said(closeText(outcome))),
  rendering([pickText], pickOutcome, (outcome) => said(pickText(outcome))),
  rendering([prizesProblem, literalNote], problemOfPrizes, (problem) => {
    const text = prizesProblem(problem);
    const prizes = problem.kind === 'twice' ? problem.prizes : [];
    return { messages: [literalNote(text)], errors: [text], foreign: unique(prizes), shows: prizes.slice(0, 5) };
  }),
  rendering(
    [startSyntaxText],
    fc.record({ kind: fc.constantFrom('stray', 'not_a_duration', 'too_short', 'too_long'), text: anyText }),
    (asked) => ({ messages: [literalNote(startSyntaxText(asked))], foreign: [asked.text], shows: [asked.text] }),
  ),
  rendering([enterDialog], fc.tuple(optional(storedText), optional(anyText)), ([before, problem]) => ({
    views: [enterDialog(before, problem)],
    foreign: unique(before ? [before] : [], problem ? [problem] : []),
    shows: problem ? [problem] : [],
  })),
  rendering(
    [startDialog],
    fc.tuple(fc.stringMatching(/^[CG][A-Z0-9]{2,20}$/), optional(typed), optional(anyText)),
    ([channel, before, problem]) => ({
      views: [startDialog(channel, before, problem)],
      foreign: unique(before?.prizes ? [before.prizes] : [], problem ? [problem] : []),
      shows: problem ? [problem] : [],
    }),
  ),
  rendering(
    [noticeDialog],
    fc.oneof(
      fc.tuple(
        fc.constantFrom('You are in', 'Prize draw'),
        fc.record({ kind: fc.constantFrom('entered', 'already_in'), profile }).map(enterAnswer),
      ),
      fc.tuple(
        fc.constant('Start a draw'),
        startOutcome.map((outcome) => note(startText(outcome))),
      ),
    ),
    ([title, message]) => ({ views: [noticeDialog(title, message)], foreign: nothingForeign }),
  ),
];
