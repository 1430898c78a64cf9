/** The keys of a channel's draw that are shared with the original web application, which knows the home channel's. */
export interface SharedKeys {
  readonly isOpen: string;
  readonly prizes: string;
  readonly entrants: string;
  readonly winners: string;
  readonly winnersJson: string;
}

/** What the bot keeps of one draw, for good. */
export interface RecordKeys {
  /** Hash: the record (see `record.ts`). */
  readonly record: string;
  /** Hash of login to the chat member who entered it, for mentions. */
  readonly memberOf: string;
  /** Hash of chat member to the logins they entered, separated by spaces, for "are you in?". */
  readonly loginOf: string;
  /** Set: the logins that organisers took out, which cannot be entered again. */
  readonly removed: string;
  /** String: what has been committed to for the pick under way, as JSON (see `fair/proof.ts`). */
  readonly commitment: string;
  /** String: the proof of the pick, as JSON. */
  readonly proof: string;
  /** Set, or as release 1 kept them sorted set: the entrants when the draw closed; of a pick of ours, those who took part. */
  readonly finalEntrants: string;
  /** Hash of prize to login: who won what. */
  readonly won: string;
  /** String: the winners as they are shown, with names and avatars, as JSON. */
  readonly shown: string;
  /** Hash: the state of delivery of each message (see `announcements/store.ts`). */
  readonly messages: string;
}

/** Every key that the bot touches. */
export interface Keys {
  /** The beginning of them all, without the colon. */
  readonly prefix: string;
  /** The keys of the draw in a channel. */
  shared(channel: string): SharedKeys;
  /** What the bot keeps of the draw with this ID. */
  draw(id: string): RecordKeys;
  /** The cached profile of a login (lower case); shared, and the same for every channel. */
  profile(login: string): string;
  /** String: how many look-ups of a chat member found nobody lately; expires by itself. */
  misses(member: string): string;
  /** Hash of channel to its latest draw: ID, phase and closing time (see `registry.ts`). */
  readonly draws: string;
  /** Counts the changes of `draws`. */
  readonly drawsVersion: string;
  /** Sorted set: draws with something to do for the worker, by when, in milliseconds since the epoch. */
  readonly due: string;
  /** Sorted set: the draws that are over, by their number. */
  readonly history: string;
  /** The worker's lease, and how many turns it has had. */
  readonly lease: string;
  readonly turns: string;
  /** Hash of channel to why nothing can be posted there at the moment. */
  readonly channelErrors: string;
  /** Hash: the settings that every process must have in common (see `announcements/settings.ts`). */
  readonly settings: string;
  /** String: written for a moment, to see whether Redis takes changes again. */
  readonly probe: string;
}

/**
 * Names every key under a prefix.
 * @param prefix without the colon; `{prizedraw}` puts all keys in one slot of a Redis Cluster
 * @param home the channel whose draw is the one that other programs know
 */
export function keysUnder(prefix: string, home: string): Keys {
  // Nearly always it is the same draw as before.
  let last: { readonly id: string; readonly keys: RecordKeys } | undefined;
  return {
    prefix,
    shared: (channel) => {
      const start = channel === home ? prefix : `${prefix}:${channel}`;
      return {
        isOpen: `${start}:is_open`,
        prizes: `${start}:prizes`,
        entrants: `${start}:entrants`,
        winners: `${start}:winners`,
        winnersJson: `${start}:winners_json`,
      };
    },
    draw: (id) => {
      if (last?.id !== id) last = { id, keys: recordKeys(prefix, id) };
      return last.keys;
    },
    profile: (login) => `${prefix}:profiles:${login}`,
    misses: (member) => `${prefix}:slack:misses:${member}`,
    draws: `${prefix}:slack:draws`,
    drawsVersion: `${prefix}:slack:draws_version`,
    due: `${prefix}:slack:due`,
    history: `${prefix}:slack:history`,
    lease: `${prefix}:slack:worker`,
    turns: `${prefix}:slack:worker_turns`,
    channelErrors: `${prefix}:slack:channel_errors`,
    settings: `${prefix}:slack:settings`,
    probe: `${prefix}:slack:probe`,
  };
}

function recordKeys(prefix: string, id: string): RecordKeys {
  const record = `${prefix}:slack:draw:${id}`;
  return {
    record,
    memberOf: `${record}:member_of`,
    loginOf: `${record}:login_of`,
    removed: `${record}:removed`,
    commitment: `${record}:commitment`,
    proof: `${record}:proof`,
    finalEntrants: `${record}:entrants`,
    won: `${record}:won`,
    shown: `${record}:shown`,
    messages: `${record}:messages`,
  };
}
