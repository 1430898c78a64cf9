import { ACTIONS } from '../../ids.ts';
import { cancel } from './cancel.ts';
import { choose } from './choose.ts';
import { close } from './close.ts';
import { enter } from './enter.ts';
import { extend } from './extend.ts';
import { leave } from './leave.ts';
import { pick } from './pick.ts';
import { start } from './start.ts';
import type { Action } from './types.ts';

/** Every button. */
export const ALL_ACTIONS: readonly Action[] = [
  { actionId: ACTIONS.enter, label: 'Enter the draw', who: 'anyone', handle: enter },
  { actionId: ACTIONS.start, label: 'Start a draw', who: 'organisers', handle: start },
  { actionId: ACTIONS.close, label: 'Close draw', who: 'organisers', handle: close },
  { actionId: ACTIONS.pick, label: 'Pick winners', who: 'organisers', handle: pick },
  { actionId: ACTIONS.leave, label: 'Leave the draw', who: 'anyone', handle: leave },
  { actionId: ACTIONS.extend, label: 'Extend by 15 minutes', who: 'organisers', handle: extend },
  { actionId: ACTIONS.cancel, label: 'Cancel draw', who: 'organisers', handle: cancel },
  // What it does is in its value, and for whom that is in the table of commands.
  { actionId: ACTIONS.choose, label: '', who: 'anyone', handle: choose },
];
