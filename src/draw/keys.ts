/** Every key that the bot touches. The first six are shared with the original web application. */
export interface DrawKeys {
  readonly isOpen: string;
  readonly prizes: string;
  readonly entrants: string;
  readonly winners: string;
  readonly winnersJson: string;
  /** The cached profile of a login (lower case). */
  profile(login: string): string;

  /** Our own: hash of login to the chat member who entered it, for mentions. */
  readonly memberOf: string;
  /** Our own: hash of chat member to the logins they entered, separated by spaces, for "are you in?". */
  readonly loginOf: string;
  /** Our own: list of the winners of draws that another has followed, until they are in the announcer's record. */
  readonly finished: string;
  /** Our own: an ID of the draw that the bot started last. */
  readonly drawId: string;
  /** Our own: what was announced last, and where (see `slack/announcer`). */
  readonly announced: string;
  /** Our own: which process announces at the moment. */
  readonly announcer: string;
  /** Our own: how many turns of announcing there have been, which numbers the next one. */
  readonly announcerTurns: string;
  /** Our own: what has been laid down for the pick under way, as JSON (see `fair/proof.ts`). */
  readonly commitment: string;
  /** Our own: the entrants of a pick under way, sorted. */
  copy(id: string): string;
  /** Our own: the record of the last pick, as JSON, and its entrants, sorted. */
  readonly proof: string;
  readonly proofEntrants: string;
}

/**
 * Names every key under a prefix.
 * @param prefix without the colon; `{prizedraw}` puts all keys in one slot of a Redis Cluster
 */
export function drawKeys(prefix: string): DrawKeys {
  return {
    isOpen: `${prefix}:is_open`,
    prizes: `${prefix}:prizes`,
    entrants: `${prefix}:entrants`,
    winners: `${prefix}:winners`,
    winnersJson: `${prefix}:winners_json`,
    profile: (login) => `${prefix}:profiles:${login}`,
    memberOf: `${prefix}:slack:member_of`,
    loginOf: `${prefix}:slack:login_of`,
    finished: `${prefix}:slack:finished`,
    drawId: `${prefix}:slack:draw_id`,
    announced: `${prefix}:slack:announced`,
    announcer: `${prefix}:slack:announcer`,
    announcerTurns: `${prefix}:slack:announcer_turns`,
    commitment: `${prefix}:slack:commitment`,
    copy: (id) => `${prefix}:slack:pick:${id}`,
    proof: `${prefix}:slack:proof`,
    proofEntrants: `${prefix}:slack:proof_entrants`,
  };
}
