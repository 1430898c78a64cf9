import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Win } from '../../src/draw/types.ts';
import { cacheProfiles, KEYS, nameOf } from './fixtures/draw.ts';

/** What happens before each command: time passes, and whatever a test does in between. */
export type Before = (command: string) => Promise<unknown>;

/** What picking came to. */
export interface OriginalPick {
  /** Who won what; all of them are written at the end, in one command. */
  readonly wins: readonly Win[];
  /** A prize that was taken out when nobody was left to win it; it is nowhere any more. */
  readonly lost: string | undefined;
}

/**
 * The original web application, as it works on the six shared keys: the same commands, in the same order and one at a
 * time, each a while after the one before. Nothing that it does is one step.
 */
export class Original {
  readonly #redis: Redis;
  readonly #before: Before;

  /** @param pace milliseconds from one command to the next, or what is done in between */
  constructor(redis: Redis, pace: number | Before = 30) {
    this.#redis = redis;
    this.#before = typeof pace === 'number' ? () => pause(pace) : pace;
  }

  /** `startdraw`, which asks nobody whether another draw is on. */
  async start(prizes: readonly string[], seconds?: number): Promise<void> {
    for (const key of [KEYS.entrants, KEYS.winners, KEYS.winnersJson, KEYS.prizes]) {
      await this.#do(`DEL ${key}`, (redis) => redis.del(key));
    }
    await this.#do('SADD prizes', (redis) => redis.sadd(KEYS.prizes, ...prizes));
    await this.#do('SET is_open', (redis) =>
      seconds === undefined ? redis.set(KEYS.isOpen, 'true') : redis.set(KEYS.isOpen, 'true', 'EX', seconds),
    );
  }

  /**
   * `enter`: whether the draw is open is asked once, before the profile is looked up.
   * @returns whether they were told that they are in
   */
  async enter(login: string): Promise<boolean> {
    if ((await this.#do('EXISTS is_open', (redis) => redis.exists(KEYS.isOpen))) === 0) return false;
    const profile = await this.#do('GET profile', (redis) => redis.get(KEYS.profile(login)));
    if (profile === null) await this.#do('SET profile', (redis) => cacheProfiles(redis, login));
    await this.#do('SADD entrants', (redis) => redis.sadd(KEYS.entrants, login));
    return true;
  }

  /** `enddraw` */
  async end(): Promise<void> {
    await this.#do('DEL is_open', (redis) => redis.del(KEYS.isOpen));
  }

  /**
   * `drawprizes`
   * @throws as it ends with an error, where nobody won anything: winners without fields cannot be written
   */
  async pick(): Promise<OriginalPick> {
    await this.end();
    await this.#do('DEL winners_json', (redis) => redis.del(KEYS.winnersJson));
    const wins: Win[] = [];
    let lost: string | undefined;
    for (;;) {
      const prize = await this.#do('SPOP prizes', (redis) => redis.spop(KEYS.prizes));
      if (prize === null) break;
      const login = await this.#do('SPOP entrants', (redis) => redis.spop(KEYS.entrants));
      if (login === null) {
        lost = prize;
        break;
      }
      wins.push({ prize, login });
    }
    const pairs = wins.flatMap(({ prize, login }) => [prize, login]);
    await this.#do('HMSET winners', (redis) => redis.call('HMSET', KEYS.winners, ...pairs));
    await this.#do('DEL entrants', (redis) => redis.del(KEYS.entrants));
    return { wins, lost };
  }

  /** The page of the winners. */
  async winners(): Promise<unknown> {
    const cached = await this.#do('GET winners_json', (redis) => redis.get(KEYS.winnersJson));
    if (cached !== null) return JSON.parse(cached);
    const won = await this.#do('HGETALL winners', (redis) => redis.hgetall(KEYS.winners));
    const shown: unknown[] = [];
    for (const [prize, login] of Object.entries(won)) {
      await this.#do('GET profile', (redis) => redis.get(KEYS.profile(login)));
      shown.push({ name: nameOf(login), prize, image: `https://avatars.example/${login}` });
    }
    await this.#do('SET winners_json', (redis) => redis.set(KEYS.winnersJson, JSON.stringify(shown)));
    return shown;
  }

  async #do<T>(command: string, work: (redis: Redis) => Promise<T>): Promise<T> {
    await this.#before(command);
    return work(this.#redis);
  }
}
