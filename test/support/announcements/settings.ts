import type { LeaseSettings } from '../../../src/announcements/lease.ts';

/** A process that has no settings in common with others, and so differs in none. */
export const NO_SETTINGS: LeaseSettings = { fields: [], maySet: true };
