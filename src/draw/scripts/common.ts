import { z } from 'zod';
import { DRAW_STATES } from '../types.ts';

/** The file of a script, by its name. */
export const lua = (name: string): URL => new URL(`./${name}.lua`, import.meta.url);
export const prelude = [lua('prelude')];

/** Keys of the six that a step needs, and what the bot keeps of which draw is the channel's latest. */
export const SHARED = ['is_open', 'prizes', 'entrants', 'winners'] as const;
export const REGISTRY = ['draws', 'draws_version', 'due'] as const;
export const STEP = ['deadline', 'channel', 'draw'] as const;

export const state = z.enum(DRAW_STATES);
export const notOpen = state.exclude(['DRAW_OPEN_NO_ENTRANTS', 'DRAW_OPEN_WITH_ENTRANTS']);
export const text = z.string();
export const count = z.number().int();
/** Separated by spaces. */
export const words = z.string().transform((all) => all.split(' ').filter((word) => word !== ''));
export const logins = words;
/** As HGETALL gives them within a script: key, value, key, value, …; stand-ins for Redis keep a number as a number. */
export const pairs = z.array(z.coerce.string());

export const tooLate = z.tuple([z.literal('too_late')]);
export const moved = z.tuple([z.literal('moved')]);
export const unobserved = z.tuple([z.literal('unobserved')]);
export const refused = z.tuple([z.literal('refused'), state]);
export const pickedElsewhere = z.tuple([z.literal('picked_elsewhere')]);
