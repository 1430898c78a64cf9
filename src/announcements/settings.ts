import type { Redis } from 'ioredis';
import type { Keys } from '../draw/keys.ts';
import type { Log } from '../log.ts';
import { compareSettingsScript, useSettingsScript } from './scripts/index.ts';

/** For so long it is believed that the settings are as they were when they were last compared, in milliseconds. */
const COMPARED_FOR = 2_000;

/** What all processes with one key prefix must agree on, or each would announce the draws in its own channel. */
export interface CommonSettings {
  readonly PRIZEDRAW_ANNOUNCE_CHANNEL: string;
  readonly PRIZEDRAW_ADMIN_CHANNEL: string;
}

/** Those of a process. */
export function commonSettings(of: {
  readonly announceChannel: string;
  readonly adminChannel: string;
}): CommonSettings {
  return { PRIZEDRAW_ANNOUNCE_CHANNEL: of.announceChannel, PRIZEDRAW_ADMIN_CHANNEL: of.adminChannel };
}

/** A setting of this process that is not the one in use. */
export interface Difference {
  readonly setting: string;
  readonly mine: string;
  readonly inUse: string;
}

/**
 * The settings that are in use, which the first process has put in Redis. A process that has others announces nothing and
 * takes no steps, until `adoptSettings` has made its settings those in use.
 */
export class SettingsInUse {
  readonly #redis: Redis;
  readonly #keys: Keys;
  readonly #mine: CommonSettings;
  readonly #log: Log;
  #differences: readonly Difference[] | undefined;
  #comparedAt = Number.NEGATIVE_INFINITY;

  constructor(redis: Redis, keys: Keys, mine: CommonSettings, log: Log) {
    this.#redis = redis;
    this.#keys = keys;
    this.#mine = mine;
    this.#log = log;
  }

  /** As scripts take them: name, value, name, …. */
  get fields(): readonly string[] {
    return fieldsOf(this.#mine);
  }

  /** Whether this process may say which settings are in use, where none are: not one that has differed. */
  get maySet(): boolean {
    return this.problem === undefined;
  }

  /** Whether this process is known to have the settings that are in use. */
  get isAgreed(): boolean {
    return this.#differences?.length === 0;
  }

  /** Why this process is out of service, in plain words, as it was last seen; undefined: it is not. */
  get problem(): string | undefined {
    return this.#differences?.length ? wordsFor(this.#differences) : undefined;
  }

  /**
   * Why this process is out of service, as it was last seen. Redis is asked where it never was: what Redis does not answer
   * then, whatever is asked for next fails by.
   * @returns in plain words; undefined: it is not
   */
  async problemOnceKnown(): Promise<string | undefined> {
    if (this.#differences === undefined) await this.compare().catch(() => {});
    return this.problem;
  }

  /**
   * Compares with what is in use, unless that was done a moment ago.
   * @throws when Redis does not answer
   */
  async check(): Promise<void> {
    if (performance.now() - this.#comparedAt > COMPARED_FOR) await this.compare();
  }

  /**
   * Compares with what is in use, and says in the log what has changed.
   * @throws when Redis does not answer
   */
  async compare(): Promise<void> {
    const { settings } = this.#keys;
    const reply = await compareSettingsScript.run(this.#redis, {
      keys: { settings },
      args: { may_set: this.maySet ? 1 : 0 },
      rest: this.fields,
    });
    const before = this.problem;
    this.#differences = differencesIn(reply, this.#mine);
    this.#comparedAt = performance.now();
    if (this.problem !== undefined && this.problem !== before) this.#log.error(this.problem);
    if (this.problem === undefined && before !== undefined) {
      this.#log.info('The settings of this process are those in use now: it is in service.');
    }
  }
}

/**
 * Makes settings those in use.
 * @returns what has changed
 * @throws when Redis does not answer
 */
export async function adoptSettings(redis: Redis, keys: Keys, mine: CommonSettings): Promise<readonly Difference[]> {
  const { settings, lease } = keys;
  const given = { keys: { settings, lease }, args: { may_set: 1 }, rest: fieldsOf(mine) };
  return differencesIn(await useSettingsScript.run(redis, given), mine);
}

function fieldsOf(mine: CommonSettings): string[] {
  return Object.entries(mine).flat();
}

function differencesIn(reply: readonly string[], mine: CommonSettings): Difference[] {
  const inUse = new Map(reply.flatMap((name, at) => (at % 2 === 0 ? [[name, reply[at + 1] ?? ''] as const] : [])));
  return Object.entries(mine).flatMap(([setting, value]) => {
    const used = inUse.get(setting);
    return used === undefined ? [] : [{ setting, mine: value, inUse: used }];
  });
}

function wordsFor(differences: readonly Difference[]): string {
  const each = differences.map(
    ({ setting, mine, inUse }) => `${setting} is ${mine} here, and ${inUse || 'none'} is in use`,
  );
  return (
    `This process of the bot is out of service, as its settings are not those in use: ${each.join('; ')}. ` +
    'Mend the setting, or have it used from now on: npm run use-settings'
  );
}
