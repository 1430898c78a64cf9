import { z } from 'zod';
import {
  count,
  logins,
  lua,
  moved,
  notOpen,
  pickedElsewhere,
  prelude,
  REGISTRY,
  SHARED,
  STEP,
  state,
  text,
  tooLate,
  unobserved,
  words,
} from './common.ts';
import { defineScript } from './define.ts';

/** What changes a draw that is on. */
const changing = [...prelude, lua('changing')];
const ON = [...SHARED, ...REGISTRY, 'record', 'member_of', 'login_of', 'commitment', 'final_entrants'] as const;

/** Why a draw that is on cannot be changed. */
const notChangeable = [
  z.tuple([z.literal('refused'), state.extract(['NO_DRAW', 'DRAW_WON'])]),
  z.tuple([z.literal('being_picked')]),
  pickedElsewhere,
  moved,
  unobserved,
  tooLate,
] as const;

/** Which of the prizes that were given: 0 for the first. */
const which = words.transform((indices) => indices.map(Number));

/** The record had other prizes than the caller has read. */
const changed = z.tuple([z.literal('changed')]);

export const leaveScript = defineScript({
  file: lua('leave'),
  isKept: true,
  prelude: changing,
  keys: ON,
  args: [...STEP, 'login', 'member', 'count_within'],
  reply: z.union([
    z.tuple([z.literal('left'), text]),
    z.tuple([z.enum(['not_in', 'not_yours'])]),
    z.tuple([z.literal('several'), logins]),
    z.tuple([z.literal('not_open'), notOpen]),
    moved,
    unobserved,
    tooLate,
  ]),
});

export const extendScript = defineScript({
  file: lua('extend'),
  isKept: true,
  prelude: changing,
  keys: ON,
  args: [...STEP, 'ms', 'most'],
  reply: z.union([
    z.tuple([z.enum(['later', 'timed', 'reopened']), z.coerce.number()]),
    z.tuple([z.literal('too_long'), z.coerce.number()]),
    ...notChangeable,
  ]),
});

export const addPrizesScript = defineScript({
  file: lua('add_prizes'),
  isKept: true,
  prelude: changing,
  keys: ON,
  args: [...STEP, 'before', 'after', 'last_change', 'most'],
  reply: z.union([
    z.tuple([z.literal('added'), count]),
    z.tuple([z.literal('there'), which]),
    z.tuple([z.literal('too_many'), count]),
    changed,
    ...notChangeable,
  ]),
});

export const dropPrizesScript = defineScript({
  file: lua('drop_prizes'),
  isKept: true,
  prelude: changing,
  keys: ON,
  args: [...STEP, 'before', 'after', 'last_change'],
  reply: z.union([
    z.tuple([z.literal('dropped'), count]),
    z.tuple([z.literal('not_there'), which]),
    z.tuple([z.literal('last')]),
    changed,
    ...notChangeable,
  ]),
});

export const removeScript = defineScript({
  file: lua('remove'),
  isKept: true,
  prelude: changing,
  keys: [...ON, 'removed'],
  args: [...STEP, 'login'],
  reply: z.union([
    z.tuple([z.literal('removed'), text, count]),
    z.tuple([z.enum(['not_in', 'removed_before'])]),
    ...notChangeable,
  ]),
});

export const cancelScript = defineScript({
  file: lua('cancel'),
  isKept: true,
  prelude: changing,
  keys: [...ON, 'winners_json', 'history'],
  args: [...STEP, 'reason'],
  reply: z.union([z.tuple([z.literal('cancelled'), count]), ...notChangeable]),
});
