import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { describeDuration } from '../../draw/duration.ts';
import { type DrawRef, refText } from '../draw-ref.ts';
import { FIELD_VALUE, FIELDS, VIEWS } from '../ids.ts';
import { LIMITS } from './limits.ts';
import { literalNote } from './parts.ts';
import { cut, type Message, plain } from './text.ts';

/** The value of the option for a draw that no timer closes. */
export const BY_HAND = 'by_hand';

/** The durations that the start dialog offers, in minutes. */
export const OFFERED_MINUTES = [
  ...[15, 30, 45, 60, 75, 90, 105, 120],
  ...[3, 4, 6, 8, 12].map((hours) => hours * 60),
  ...[1, 2, 3, 5, 7].map((days) => days * 24 * 60),
];

/**
 * The dialog that asks for a GitHub ID.
 * @param draw the draw that it is for
 * @param typed what was typed before, to be corrected
 * @param problem why that was not accepted, where a field error comes too late
 */
export function enterDialog(draw: DrawRef, typed?: string, problem?: string): ModalView {
  const input: InputBlock = {
    type: 'input',
    block_id: FIELDS.githubId,
    label: plain('Your GitHub ID'),
    hint: plain('As in octocat or github.com/octocat. Your public profile is looked up on GitHub.'),
    element: {
      type: 'plain_text_input',
      action_id: FIELD_VALUE,
      placeholder: plain('octocat'),
      max_length: 200,
      focus_on_load: true,
      ...(typed ? { initial_value: cut(typed, 200) } : {}),
    },
  };
  return {
    type: 'modal',
    callback_id: VIEWS.enter,
    private_metadata: refText(draw),
    title: plain('Enter the draw'),
    submit: plain('Enter'),
    close: plain('Cancel'),
    blocks: [...(problem ? literalNote(problem).blocks : []), input],
  };
}

/** What was filled in before, to be corrected. */
export interface StartTyped {
  readonly prizes: string | undefined;
  readonly duration: string | undefined;
  /** The ID of the channel. */
  readonly announceIn: string | undefined;
}

/** A start dialog: where it was asked for, and what was filled in before. */
export interface StartForm {
  /** Where it was asked for; checked again when it is submitted. */
  readonly from: string;
  readonly typed: StartTyped;
}

/**
 * The dialog that starts a draw.
 * @param problem why what was filled in was not accepted, where a field error comes too late
 */
export function startDialog({ from, typed }: StartForm, problem?: string): ModalView {
  const durations = [byHand, ...OFFERED_MINUTES.map(minutesOption)];
  return {
    type: 'modal',
    callback_id: VIEWS.start,
    private_metadata: JSON.stringify({ channel: from }),
    title: plain('Start a draw'),
    submit: plain('Start'),
    close: plain('Cancel'),
    blocks: [
      ...(problem ? literalNote(problem).blocks : []),
      {
        type: 'input',
        block_id: FIELDS.prizes,
        label: plain('Prizes, one a line'),
        hint: plain('Each prize is won once. Several of a kind: 3x Sticker.'),
        element: {
          type: 'plain_text_input',
          action_id: FIELD_VALUE,
          multiline: true,
          max_length: LIMITS.input,
          focus_on_load: true,
          ...(typed.prizes ? { initial_value: cut(typed.prizes, LIMITS.input) } : {}),
        },
      },
      {
        type: 'input',
        block_id: FIELDS.duration,
        label: plain('How long it is open'),
        element: {
          type: 'static_select',
          action_id: FIELD_VALUE,
          options: durations,
          initial_option: durations.find(({ value }) => value === typed.duration) ?? byHand,
        },
      },
      {
        type: 'input',
        block_id: FIELDS.announceIn,
        label: plain('Announce in'),
        hint: plain('One draw at a time in a channel. The bot must be in it.'),
        element: {
          type: 'conversations_select',
          action_id: FIELD_VALUE,
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(typed.announceIn ? { initial_conversation: typed.announceIn } : {}),
        },
      },
    ],
  };
}

/** A dialog that only says something, in place of the form that was submitted. */
export function noticeDialog(title: string, said: Message): ModalView {
  return { type: 'modal', title: plain(title), close: plain('Done'), blocks: said.blocks };
}

const byHand: PlainTextOption = { text: plain('Until closed by hand'), value: BY_HAND };

function minutesOption(minutes: number): PlainTextOption {
  return { text: plain(describeDuration(minutes * 60_000)), value: String(minutes) };
}
