import fc from 'fast-check';
import type { CloseOutcome } from '../../../src/draw/close.ts';
import type { PickOutcome } from '../../../src/draw/pick.ts';
import { PHASES } from '../../../src/draw/record.ts';
import type { DrawEntry } from '../../../src/draw/registry.ts';
import type { StartOutcome } from '../../../src/draw/start.ts';
import { chooseAnswer } from '../../../src/slack/blocks/choosing.ts';
import { BY_HAND, enterDialog, noticeDialog, OFFERED_MINUTES, startDialog } from '../../../src/slack/blocks/dialogs.ts';
import { enterAnswer } from '../../../src/slack/blocks/entering.ts';
import { entrantsAnswer } from '../../../src/slack/blocks/entrants.ts';
import {
  closeText,
  type DrawingNow,
  gaveUpText,
  type NotAllowed,
  notAllowedText,
  outOfServiceText,
  overText,
  type PickTrouble,
  pickText,
  pickTroubleText,
  startText,
} from '../../../src/slack/blocks/organising.ts';
import { controlPanel, PANEL_DRAWS, type PanelDraw } from '../../../src/slack/blocks/panel.ts';
import { literalNote, note } from '../../../src/slack/blocks/parts.ts';
import { channelNameText, channelProblem, startSyntaxText } from '../../../src/slack/blocks/starting.ts';
import { fallback, type Mrkdwn } from '../../../src/slack/blocks/text.ts';
import type { ChannelCheck } from '../../../src/slack/check-channel.ts';
import { SUBCOMMANDS } from '../../../src/slack/listeners/commands/table.ts';
import { gaveUpReason, status } from './for-members.ts';
import {
  anyLogin,
  anyText,
  channelId,
  count,
  drawRef,
  many,
  notOpenState,
  profile,
  state,
  storedText,
  time,
} from './foreign.ts';
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
  fc.constant<CloseOutcome>({ kind: 'another_draw' }),
  notAllowed,
);

const pickOutcome: fc.Arbitrary<PickOutcome | DrawingNow | NotAllowed> = fc.oneof(
  fc.record({ kind: fc.constant('drawing'), entrants: count, round: count, draw: fc.uuid() }),
  fc.record({
    kind: fc.constant('picked'),
    wins: many(fc.record({ prize: anyText, login: anyLogin })),
    entrants: count,
  }),
  fc.record({ kind: fc.constant('refused'), state }),
  fc.constantFrom<PickOutcome>(
    { kind: 'too_busy' },
    { kind: 'picked_elsewhere' },
    { kind: 'another_draw' },
    { kind: 'newer_pick' },
    { kind: 'gone' },
  ),
  notAllowed,
);

const pickTrouble: fc.Arbitrary<PickTrouble> = fc.oneof(
  fc.record({ kind: fc.constant('gave_up' as const), reason: gaveUpReason }),
  fc.constant({ kind: 'replaced' as const }),
  fc.constant({ kind: 'cancelled' as const }),
  fc.record({ kind: fc.constant('late' as const), isRedisAway: fc.boolean() }),
);

const said = (text: Mrkdwn): Rendered => ({ messages: [note(text)], foreign: nothingForeign });

const channelCheck = fc.record<Exclude<ChannelCheck, { kind: 'ok' }>>({
  kind: fc.constantFrom('not_there', 'archived', 'read_only', 'threads_only', 'unknown'),
});

const typed = fc.record({
  prizes: optional(storedText),
  duration: optional(fc.oneof(fc.constantFrom(BY_HAND, ...OFFERED_MINUTES.map(String)), fc.string())),
  announceIn: optional(channelId),
});

/** Why nothing can be announced: our own words, with an error's in them. */
const trouble = optional(anyText);

const panelDraw: fc.Arbitrary<PanelDraw> = fc.record({
  channel: channelId,
  isHome: fc.boolean(),
  status,
  problem: trouble,
});

const entry: fc.Arbitrary<DrawEntry> = fc.record({
  channel: channelId,
  id: fc.uuid(),
  phase: fc.constantFrom(...PHASES),
  closesAt: optional(time.map((at) => at.getTime())),
});

const choices = SUBCOMMANDS.flatMap((each) => ('label' in each ? [each] : []));

/** What organisers see, and the dialogs. */
export const forOrganisers: readonly Rendering[] = [
  rendering(
    [controlPanel],
    fc.tuple(
      fc.array(panelDraw, { minLength: 1, maxLength: PANEL_DRAWS }),
      time,
      optional(fc.oneof(startOutcome.map(startText), closeOutcome.map(closeText), pickOutcome.map(pickText))),
      count,
    ),
    ([draws, now, said, left]) => ({
      messages: [controlPanel(draws, now, { said, left, problems: left > 0 ? ['Redis cannot be used.'] : [] })],
      foreign: unique(
        draws.flatMap(({ status: { prizes } }) => prizes),
        draws.flatMap(({ problem }) => problem ?? []),
      ),
      shows: draws.flatMap(({ status: { prizes } }) => prizes.slice(0, 1)),
    }),
  ),
  rendering(
    [chooseAnswer],
    fc.tuple(many(entry), fc.constantFrom(...choices), anyText, time),
    ([entries, choice, rest, now]) => ({
      messages: [chooseAnswer(entries, choice, rest, now)],
      foreign: unique([rest]),
    }),
  ),
  rendering([entrantsAnswer], fc.tuple(many(anyLogin), optional(count)), ([logins, more]) => ({
    messages: [entrantsAnswer({ count: logins.length + (more ?? 0), logins })],
    foreign: unique(logins),
    shows: logins.slice(0, 1),
  })),
  rendering([startText, notAllowedText], startOutcome, (outcome) => ({
    ...said(startText(outcome)),
    // A dialog shows a refusal at its field.
    errors: outcome.kind === 'refused' ? [fallback(startText(outcome))] : [],
  })),
  rendering([closeText, overText], closeOutcome, (outcome) => said(closeText(outcome))),
  rendering([outOfServiceText], fc.constant(outOfServiceText()), said),
  rendering([pickText], pickOutcome, (outcome) => said(pickText(outcome))),
  rendering([pickTroubleText, gaveUpText], pickTrouble, (trouble) => said(pickTroubleText(trouble))),
  rendering(
    [startSyntaxText],
    fc.record({
      kind: fc.constantFrom(
        ...(['stray', 'not_a_duration', 'too_short', 'too_long', 'two_quantities', 'twice', 'channel_name'] as const),
      ),
      text: anyText,
    }),
    (asked) => ({ messages: [literalNote(startSyntaxText(asked))], foreign: [asked.text], shows: [asked.text] }),
  ),
  rendering([channelNameText], anyText, (name) => ({
    messages: [literalNote(channelNameText(name))],
    foreign: [name],
    shows: [name],
  })),
  rendering([channelProblem], channelCheck, (check) => ({
    messages: [literalNote(channelProblem(check))],
    errors: [channelProblem(check)],
    foreign: nothingForeign,
  })),
  rendering([enterDialog], fc.tuple(drawRef, optional(storedText), optional(anyText)), ([draw, before, problem]) => ({
    views: [enterDialog(draw, before, problem)],
    foreign: unique(before ? [before] : [], problem ? [problem] : []),
    shows: problem ? [problem] : [],
  })),
  rendering([startDialog], fc.tuple(fc.record({ from: channelId, typed }), optional(anyText)), ([form, problem]) => ({
    views: [startDialog(form, problem)],
    foreign: unique(form.typed.prizes ? [form.typed.prizes] : [], problem ? [problem] : []),
    shows: problem ? [problem] : [],
  })),
  rendering(
    [noticeDialog],
    fc.oneof(
      fc.tuple(
        fc.constantFrom('You are in', 'Prize draw'),
        fc
          .oneof(
            fc.record({ kind: fc.constant('entered'), profile, draw: fc.uuid() }),
            fc.record({ kind: fc.constant('already_in'), profile, by: fc.constantFrom('you', 'another', 'unknown') }),
          )
          .map(enterAnswer),
      ),
      fc.tuple(
        fc.constant('Start a draw'),
        startOutcome.map((outcome) => note(startText(outcome))),
      ),
    ),
    ([title, message]) => ({ views: [noticeDialog(title, message)], foreign: nothingForeign }),
  ),
];
