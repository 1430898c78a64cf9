/** The states of a draw, computed by `scripts/state.lua` from the six shared keys alone. */
export const DRAW_STATES = [
  'NO_DRAW',
  'DRAW_OPEN_NO_ENTRANTS',
  'DRAW_OPEN_WITH_ENTRANTS',
  'DRAW_CLOSED_NO_ENTRANTS',
  'DRAW_CLOSED_WITH_ENTRANTS',
  'DRAW_WON',
] as const;

export type DrawState = (typeof DRAW_STATES)[number];

/** States in which a draw takes entries. */
export type OpenState = 'DRAW_OPEN_NO_ENTRANTS' | 'DRAW_OPEN_WITH_ENTRANTS';

/** States in which entering is refused. */
export type NotOpenState = Exclude<DrawState, OpenState>;

/** What the bot shows of a GitHub user. */
export interface Profile {
  /** As GitHub spells it; the draw keeps it in lower case. */
  readonly login: string;
  /** The display name, or the login where the user has none. */
  readonly name: string;
  /** Address of the avatar (http or https). */
  readonly avatarUrl: string;
}

/** A prize and the GitHub login (lower case) that won it. */
export interface Win {
  readonly prize: string;
  readonly login: string;
}

/** A winner, ready to be shown. */
export interface Winner extends Win {
  readonly name: string;
  /** Address of the avatar. */
  readonly image: string;
  /** The chat member who entered this login through the bot, where known. */
  readonly member: string | undefined;
}

/** What a look-up of one login at GitHub can come to. */
export type LookupOutcome =
  | { readonly kind: 'found'; readonly profile: Profile; readonly json: string }
  | { readonly kind: 'no_such_user' }
  | { readonly kind: 'organisation' }
  | { readonly kind: 'limited'; readonly until: Date }
  | { readonly kind: 'unreachable' };

/** Where profiles come from. The draw declares it; `src/github` provides it. */
export interface ProfileSource {
  /**
   * Looks one user up.
   * @param login a login in lower case that `parseLogin` has accepted
   * @param missesUntil when it is forgotten that whoever asks has asked for logins that are nobody's: until then they wait
   *   for others, where few look-ups are left; undefined: they have not
   * @param request the ID that whoever asks has in the log
   * @throws when the source itself is misconfigured (a refused token, say)
   */
  lookUp(login: string, missesUntil?: Date, request?: string): Promise<LookupOutcome>;
}

/** For the `default` of an exhaustive switch: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
