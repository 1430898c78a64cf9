import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Beacon, Round } from '../../../src/draw/fair/beacon.ts';
import { createDraw, type Draw, type DrawOptions } from '../../../src/draw/index.ts';
import { drawKeys } from '../../../src/draw/keys.ts';
import type { LookupOutcome, ProfileSource, Win } from '../../../src/draw/types.ts';

/** What the tests of one topic work with; the Redis is empty when a test begins. */
export interface Bench {
  readonly redis: Redis;
  readonly profiles: FakeProfiles;
  /** Puts a draw together over the Redis and the profiles of this bench. */
  draw(options?: Partial<Omit<DrawOptions, 'redis'>>): Draw;
}

/** Declares the tests of one topic. `bench` gives the current test's bench. */
export type Topic = (bench: () => Bench) => void;

export const KEYS = drawKeys('prizedraw');

export function makeBench(redis: Redis): Bench {
  const profiles = new FakeProfiles();
  return { redis, profiles, draw: (options) => createDraw({ redis, profiles, ...options }) };
}

/** A source of profiles that knows everybody, unless it is told otherwise. */
export class FakeProfiles implements ProfileSource {
  /** Every login that was looked up, in order. */
  readonly asked: string[] = [];
  answer: (login: string) => Promise<LookupOutcome> = async (login) => found(login);

  lookUp(login: string): Promise<LookupOutcome> {
    this.asked.push(login);
    return this.answer(login);
  }
}

/** A beacon whose rounds are made up; something may happen while one is waited for. */
export class FakeBeacon implements Beacon {
  readonly chain = 'f'.repeat(64);
  /** Every round that was waited for, in order. */
  readonly asked: number[] = [];
  readonly #meanwhile: (time: number) => unknown;

  /** @param meanwhile told how often a round was waited for before */
  constructor(meanwhile: (times: number) => unknown = () => {}) {
    this.#meanwhile = meanwhile;
  }

  nextRound = async (): Promise<number> => 1000 + this.asked.length;
  timeOf = (): number => Number.MAX_SAFE_INTEGER;
  verify = async ({ signature, randomness }: Round): Promise<boolean> => sha256(signature) === randomness;

  async get(round: number): Promise<Round | undefined> {
    this.asked.push(round);
    await this.#meanwhile(this.asked.length - 1);
    const signature = round.toString(16).padStart(96, '0');
    return { round, signature, randomness: sha256(signature) };
  }
}

function sha256(hex: string): string {
  return createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
}

/** What GitHub says of a user: a name that begins with a capital letter, and an avatar. */
export function userJson(login: string, more: Readonly<Record<string, unknown>> = {}): string {
  const avatar_url = `https://avatars.example/${login}`;
  return JSON.stringify({ login, id: 1, avatar_url, type: 'User', name: nameOf(login), ...more });
}

export function nameOf(login: string): string {
  return `The ${login}`;
}

export function found(login: string): Extract<LookupOutcome, { kind: 'found' }> {
  const profile = { login, name: nameOf(login), avatarUrl: `https://avatars.example/${login}` };
  return { kind: 'found', profile, json: userJson(login) };
}

/** One key as it stands; a set in alphabetical order. */
export interface Entry {
  readonly value: unknown;
  readonly expires: boolean;
}

export type Dump = Readonly<Record<string, Entry>>;

/** Reads every key of the Redis. */
export async function dump(redis: Redis): Promise<Dump> {
  const names = (await redis.keys('*')).toSorted();
  const entries: [string, Entry][] = [];
  for (const name of names) {
    const type = await redis.type(name);
    if (type === 'none') continue;
    entries.push([name, { value: await read(redis, type, name), expires: (await redis.pttl(name)) > 0 }]);
  }
  return Object.fromEntries(entries);
}

async function read(redis: Redis, type: string, name: string): Promise<unknown> {
  switch (type) {
    case 'string':
      return redis.get(name);
    case 'set':
      return (await redis.smembers(name)).toSorted();
    case 'list':
      return redis.lrange(name, 0, -1);
    case 'zset':
      return redis.zrange(name, 0, -1);
    case 'hash':
      return redis.hgetall(name);
    default:
      throw new Error(`${name} is a ${type}; the draw has none of those.`);
  }
}

/** A dump without the record of the last pick. */
export function withoutProof(all: Dump): Dump {
  return without(all, KEYS.proof, KEYS.proofEntrants);
}

/** A dump without some keys. */
export function without(all: Dump, ...names: readonly string[]): Dump {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}

/** A dump without the bot's own keys, which nobody else needs. */
export function shared(all: Dump): Dump {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.includes(':slack:')));
}

/** The shared keys as another program writes them. */
export interface Written {
  readonly open?: boolean;
  readonly prizes?: readonly string[];
  readonly entrants?: readonly string[];
  readonly wins?: readonly Win[];
}

/** Writes the shared keys by hand, as the original application does. */
export async function write(redis: Redis, { open = false, prizes = [], entrants = [], wins = [] }: Written) {
  if (open) await redis.set(KEYS.isOpen, 'true');
  if (prizes.length > 0) await redis.sadd(KEYS.prizes, ...prizes);
  if (entrants.length > 0) await redis.sadd(KEYS.entrants, ...entrants);
  for (const { prize, login } of wins) await redis.hset(KEYS.winners, prize, login);
}

/** Caches the profiles of some users, as another program would. */
export async function cacheProfiles(redis: Redis, ...logins: readonly string[]): Promise<void> {
  for (const login of logins) await redis.set(KEYS.profile(login), userJson(login), 'EX', 3600);
}

/** `count` names that sort in the order in which they are made. */
export function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
}
