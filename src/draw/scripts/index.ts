import { z } from 'zod';
import {
  count,
  logins,
  lua,
  moved,
  notOpen,
  pairs,
  pickedElsewhere,
  prelude,
  REGISTRY,
  refused,
  SHARED,
  STEP,
  state,
  text,
  tooLate,
  unobserved,
} from './common.ts';
import { defineScript } from './define.ts';

export const startScript = defineScript({
  file: lua('start'),
  isKept: true,
  prelude,
  keys: [...SHARED, 'winners_json', ...REGISTRY, 'history', 'record', 'member_of', 'commitment', 'new_record'],
  args: [...STEP, 'id', 'seconds', 'closes_at', 'member', 'prizes_json'],
  reply: z.union([z.tuple([z.literal('started')]), refused, moved, unobserved, tooLate]),
});

export const enterScript = defineScript({
  file: lua('enter'),
  isKept: true,
  prelude: [...prelude, lua('misses')],
  keys: [...SHARED, ...REGISTRY, 'record', 'member_of', 'login_of', 'commitment', 'profile', 'misses', 'removed'],
  args: [
    ...STEP,
    'version',
    'login',
    'json',
    'ttl',
    'member',
    'limit',
    'count_within',
    'found',
    'most_misses',
    'misses_ttl',
  ],
  reply: z.union([
    z.tuple([z.literal('entered'), text]),
    z.tuple([z.literal('already_in'), text, text]),
    z.tuple([z.literal('enough'), logins]),
    z.tuple([z.literal('profile_needed'), count]),
    z.tuple([z.literal('missed_too_often'), count]),
    z.tuple([z.literal('organisation')]),
    z.tuple([z.literal('removed')]),
    z.tuple([z.literal('not_open'), notOpen]),
    z.tuple([z.literal('stale')]),
    moved,
    unobserved,
    tooLate,
  ]),
});

export const forgiveScript = defineScript({
  file: lua('forgive'),
  prelude: [lua('misses')],
  keys: ['misses'],
  args: [],
  reply: z.tuple([z.literal('forgiven')]),
});

export const closeScript = defineScript({
  file: lua('close'),
  isKept: true,
  prelude,
  keys: [...SHARED, ...REGISTRY, 'record', 'member_of'],
  args: STEP,
  reply: z.union([
    z.tuple([z.literal('closed'), count]),
    z.tuple([z.literal('not_open'), notOpen]),
    moved,
    unobserved,
    tooLate,
  ]),
});

export const closeForPickScript = defineScript({
  file: lua('close_for_pick'),
  prelude: [...prelude, lua('pickable')],
  keys: [...SHARED, ...REGISTRY, 'record', 'member_of'],
  args: [...STEP, 'may_close', 'may_be_fewer'],
  reply: z.union([z.tuple([z.literal('closed'), count, count]), refused, pickedElsewhere, moved, unobserved, tooLate]),
});

export const commitScript = defineScript({
  file: lua('commit'),
  isKept: true,
  prelude: [...prelude, lua('pickable')],
  keys: [...SHARED, ...REGISTRY, 'record', 'commitment'],
  args: [...STEP, 'prizes', 'entrants', 'json', 'is_asked', 'most'],
  reply: z.union([
    z.tuple([z.literal('committed')]),
    z.tuple([z.literal('taken')]),
    z.tuple([z.literal('changed')]),
    z.tuple([z.literal('enough')]),
    refused,
    tooLate,
  ]),
});

export const withdrawScript = defineScript({
  file: lua('withdraw'),
  isKept: true,
  prelude,
  keys: ['is_open', 'winners', ...REGISTRY, 'record', 'commitment'],
  args: ['channel', 'draw', 'json', 'reason', 'is_final', 'most'],
  reply: z.tuple([z.enum(['withdrawn', 'gave_up', 'gone'])]),
});

export const pickScript = defineScript({
  file: lua('pick'),
  isKept: true,
  prelude: [...prelude, lua('won')],
  keys: [...SHARED, 'winners_json', ...REGISTRY, 'history', 'record', 'commitment', 'proof', 'final_entrants', 'won'],
  args: [...STEP, 'commitment', 'proof', 'provenance', 'keep'],
  reply: z.union([
    z.tuple([z.literal('picked')]),
    z.tuple([z.literal('gone')]),
    z.tuple([z.literal('contradicted')]),
    tooLate,
  ]),
});

export const spopScript = defineScript({
  file: lua('spop'),
  isKept: true,
  prelude: [...prelude, lua('pickable'), lua('won')],
  keys: [...SHARED, 'winners_json', ...REGISTRY, 'history', 'record', 'member_of', 'proof', 'final_entrants', 'won'],
  args: [...STEP, 'note', 'provenance', 'most_kept', 'keep'],
  reply: z.union([refused, pickedElsewhere, moved, unobserved, tooLate, z.tuple([z.literal('picked'), pairs])]),
});

export const statusScript = defineScript({
  file: lua('status'),
  prelude,
  keys: [...SHARED, 'draws', 'record', 'member_of', 'login_of', 'commitment'],
  args: ['channel', 'draw', 'member'],
  reply: z.union([
    moved,
    z.tuple([z.literal('status'), state, count, count, z.array(text), logins, logins, text, text, text, text]),
  ]),
});

export const snapshotScript = defineScript({
  file: lua('snapshot'),
  prelude,
  keys: [...SHARED, 'draws', 'record', 'member_of', 'won'],
  args: ['channel', 'draw'],
  reply: z.union([
    moved,
    z.tuple([z.literal('snapshot'), count, z.array(text), count, count, count, pairs, pairs, pairs, z.coerce.number()]),
  ]),
});

export const observeScript = defineScript({
  file: lua('observe'),
  prelude,
  keys: [...SHARED, ...REGISTRY, 'history', 'record', 'member_of', 'new_record', 'commitment', 'won'],
  args: [
    'channel',
    'draw',
    'revision',
    'open',
    'prizes',
    'entrants',
    'winners',
    'may_grow',
    'count_within',
    'ended',
    'id',
    'phase',
    'closes_at',
    'has_won',
    'settled',
  ],
  reply: z.union([z.tuple([z.literal('observed')]), z.tuple([z.literal('changed')])]),
});

export const cacheWinnersScript = defineScript({
  file: lua('cache_winners'),
  keys: ['winners', 'winners_json', 'shown'],
  args: ['theirs', 'ours'],
  reply: z.union([z.tuple([z.literal('cached')]), z.tuple([z.literal('kept')])]),
});

export const keepEntrantsScript = defineScript({
  file: lua('keep_entrants'),
  keys: ['entrants', 'record', 'final_entrants'],
  args: ['most_kept', 'keep'],
  reply: z.union([z.tuple([z.literal('kept')]), z.tuple([z.literal('none')])]),
});
