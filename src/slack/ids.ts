/** Every ID by which Slack names our commands, buttons, dialogs and fields. Old messages carry them: never reuse one. */
export const COMMAND = '/prizedraw';

export const ACTIONS = {
  enter: 'prizedraw_enter',
  start: 'prizedraw_start',
  close: 'prizedraw_close',
  pick: 'prizedraw_pick',
  choose: 'prizedraw_choose',
  leave: 'prizedraw_leave',
  extend: 'prizedraw_extend',
  cancel: 'prizedraw_cancel',
} as const;

export const VIEWS = {
  enter: 'prizedraw_enter_dialog',
  start: 'prizedraw_start_dialog',
} as const;

/** Input blocks; the element in each has the action ID `FIELD_VALUE`. */
export const FIELDS = {
  githubId: 'prizedraw_github_id',
  prizes: 'prizedraw_prizes',
  duration: 'prizedraw_duration',
  announceIn: 'prizedraw_announce_in',
} as const;

export const FIELD_VALUE = 'value';
