/**
 * What Redis keeps under each key that a script may be given, by the name that the script has for it. `any`: it is only
 * ever set, deleted or looked for, which works whatever is there.
 */
export const KEY_TYPES = {
  is_open: 'any',
  prizes: 'set',
  entrants: 'set',
  winners: 'hash',
  winners_json: 'any',
  profile: 'string',
  misses: 'string',
  removed: 'set',
  draws: 'hash',
  draws_version: 'string',
  due: 'zset',
  history: 'zset',
  record: 'hash',
  new_record: 'hash',
  member_of: 'hash',
  login_of: 'hash',
  commitment: 'string',
  proof: 'string',
  final_entrants: 'set or zset',
  won: 'hash',
  shown: 'string',
  lease: 'string',
  turns: 'string',
  settings: 'hash',
  hash: 'hash',
} as const;

export type KeyName = keyof typeof KEY_TYPES;

/** A key that a script needs holds something else than it should: nothing was done. */
export class WrongType extends Error {
  override readonly name = 'WrongType';
  constructor(key: string, expected: string) {
    super(
      `${key} in Redis is no ${expected} (WRONGTYPE), so nothing was changed. Another program must have written it; ` +
        'look at it with redis-cli, and rename or delete it.',
    );
  }
}
