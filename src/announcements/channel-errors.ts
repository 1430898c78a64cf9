import type { Redis } from 'ioredis';
import { parseJson } from '../draw/json.ts';
import type { Keys } from '../draw/keys.ts';
import { afterFailure, leftToWait, type RetryState, retryState } from './backoff.ts';
import type { Turn } from './lease.ts';
import type { ChannelError } from './messenger.ts';

/** What goes wrong in a channel: posting, and looking for what was posted, each by itself. */
const CONCERNS = ['posting', 'looking up'] as const;
export type Concern = (typeof CONCERNS)[number];

/** Which channels take nothing at the moment, as it stands in Redis, for every process. */
export class ChannelErrors {
  readonly #key: string;
  readonly #turn: Turn;
  readonly #states: Map<string, RetryState>;

  private constructor(key: string, turn: Turn, states: Map<string, RetryState>) {
    this.#key = key;
    this.#turn = turn;
    this.#states = states;
  }

  /**
   * Reads them.
   * @throws when Redis does not answer
   */
  static async load(redis: Redis, keys: Keys, turn: Turn): Promise<ChannelErrors> {
    return new ChannelErrors(keys.channelErrors, turn, await readStates(redis, keys));
  }

  /**
   * How long to leave a channel alone yet, in milliseconds.
   * @param urgent whether somebody waits: then only as long as Slack asked for
   */
  left(channel: string, concern: Concern, now: number, urgent: boolean): number {
    const state = this.#states.get(nameOf(channel, concern));
    return state === undefined || (urgent && !state.isAsked) ? 0 : leftToWait(state, now);
  }

  /**
   * Notes one more failure.
   * @returns how long to leave the channel alone, in milliseconds
   * @throws TurnEnded; when Redis does not answer
   */
  async failed(channel: string, concern: Concern, error: ChannelError, now: number): Promise<RetryState> {
    const name = nameOf(channel, concern);
    const state = afterFailure(this.#states.get(name), error, now);
    await this.#turn.write(this.#key, { [name]: JSON.stringify(state) });
    this.#states.set(name, state);
    return state;
  }

  /**
   * Notes that it works.
   * @returns whether it did not before
   * @throws TurnEnded; when Redis does not answer
   */
  async works(channel: string, concern: Concern): Promise<boolean> {
    const name = nameOf(channel, concern);
    if (!this.#states.has(name)) return false;
    await this.#turn.write(this.#key, { [name]: '' });
    return this.#states.delete(name);
  }
}

/** Why nothing can be posted in a channel at the moment. */
export interface ChannelProblem {
  readonly channel: string;
  /** In plain words, with what to do. */
  readonly problem: string;
}

/**
 * Reads which channels take nothing at the moment, as the process that announces last saw it.
 * @throws when Redis does not answer
 */
export async function readChannelProblems(redis: Redis, keys: Keys): Promise<readonly ChannelProblem[]> {
  const states = await readStates(redis, keys);
  return [...states].map(([name, { problem }]) => ({ channel: name.split(' ')[0] ?? '', problem }));
}

/**
 * Counts the channels in which something is being tried again, by what it is.
 * @throws when Redis does not answer
 */
export async function countChannelErrors(redis: Redis, keys: Keys): Promise<Record<Concern, number>> {
  const names = [...(await readStates(redis, keys)).keys()];
  const count = (concern: Concern): number => names.filter((name) => name.endsWith(` ${concern}`)).length;
  return { posting: count('posting'), 'looking up': count('looking up') };
}

/** What a newer version keeps there, of something else or in another form, is passed over. */
async function readStates(redis: Redis, keys: Keys): Promise<Map<string, RetryState>> {
  const states = Object.entries(await redis.hgetall(keys.channelErrors));
  return new Map(
    states.flatMap(([name, json]) => {
      const state = CONCERNS.some((concern) => name.endsWith(` ${concern}`)) ? parseJson(json, retryState) : undefined;
      return state ? [[name, state] as const] : [];
    }),
  );
}

function nameOf(channel: string, concern: Concern): string {
  return `${channel} ${concern}`;
}
