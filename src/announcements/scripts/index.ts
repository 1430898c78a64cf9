import { z } from 'zod';
import { defineScript } from '../../draw/scripts/define.ts';

const lua = (name: string): URL => new URL(`./${name}.lua`, import.meta.url);
const differing = z.tuple([z.literal('differing')], z.string()).transform(([, ...pairs]) => pairs);
const done = z.union([z.literal(0), z.literal(1)]);

export const takeScript = defineScript({
  file: lua('take'),
  isKept: true,
  prelude: [lua('differing')],
  keys: ['lease', 'turns', 'settings'],
  args: ['holder', 'milliseconds', 'may_set'],
  reply: z.union([z.tuple([z.literal('taken'), z.string()]), z.tuple([z.enum(['held', 'differs'])])]),
});

export const compareSettingsScript = defineScript({
  file: lua('compare_settings'),
  prelude: [lua('differing')],
  keys: ['settings'],
  args: ['may_set'],
  reply: differing,
});

export const useSettingsScript = defineScript({
  file: lua('use_settings'),
  isKept: true,
  prelude: [lua('differing')],
  keys: ['settings', 'lease'],
  args: ['may_set'],
  reply: differing,
});

export const prolongScript = defineScript({
  file: lua('prolong'),
  isKept: true,
  keys: ['lease'],
  args: ['turn', 'milliseconds'],
  reply: done,
});

export const releaseScript = defineScript({ file: lua('release'), keys: ['lease'], args: ['turn'], reply: done });

export const writeScript = defineScript({
  file: lua('write'),
  isKept: true,
  keys: ['lease', 'hash'],
  args: ['turn'],
  reply: done,
});

export const claimScript = defineScript({
  file: lua('claim'),
  keys: ['due'],
  args: ['most', 'hold'],
  reply: z.tuple([z.coerce.number(), z.string(), z.array(z.string())]),
});

export const planScript = defineScript({
  file: lua('plan'),
  keys: ['due'],
  args: ['draw', 'claimed', 'wait'],
  reply: z.enum(['planned', 'sooner']),
});

export const planAllNowScript = defineScript({
  file: lua('plan_all_now'),
  keys: ['due'],
  args: [],
  reply: z.number().int(),
});
