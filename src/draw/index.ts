import type { Redis } from 'ioredis';
import { RedisClock } from './clock.ts';
import { type CloseOutcome, close } from './close.ts';
import type { DrawContext, Randomness } from './context.ts';
import { type EnterOutcome, enter } from './enter.ts';
import type { Beacon } from './fair/beacon.ts';
import type { Proof } from './fair/proof.ts';
import { type FinishedDraws, finished } from './finished.ts';
import { type DrawKeys, drawKeys } from './keys.ts';
import { type PickOptions, type PickOutcome, pick, resume } from './pick.ts';
import { type CheckedProof, checkProof, entrantsOfProof, type LastProof, lastProof } from './proof.ts';
import { withScripts } from './scripts/index.ts';
import { type StartOutcome, start } from './start.ts';
import { type DrawStatus, entrants, status } from './status.ts';
import type { ProfileSource, Win, Winner } from './types.ts';
import { shownLater, winners, wins } from './winners.ts';

/** The draw, ready to use. Each method is documented where it is written: `start.ts`, `enter.ts` and so on. */
export interface Draw {
  readonly keys: DrawKeys;
  start(prizes: readonly string[], seconds?: number): Promise<StartOutcome>;
  enter(login: string, member?: string): Promise<EnterOutcome>;
  close(): Promise<CloseOutcome>;
  pick(options?: PickOptions): Promise<PickOutcome>;
  resume(age: number): Promise<PickOutcome | undefined>;
  lastProof(): Promise<LastProof>;
  checkProof(proof: Proof, logins: readonly string[]): Promise<CheckedProof>;
  entrantsOfProof(): AsyncIterable<readonly string[]>;
  status(member?: string): Promise<DrawStatus>;
  entrants(): Promise<readonly string[]>;
  wins(): Promise<readonly Win[]>;
  winners(): Promise<readonly Winner[]>;
  finished(): Promise<FinishedDraws>;
  shown(wins: readonly Win[]): Promise<readonly Winner[]>;
  roundTime(round: number): number | undefined;
}

export interface DrawOptions {
  readonly redis: Redis;
  readonly profiles: ProfileSource;
  /** Namespace of every key, without the colon. */
  readonly prefix?: string;
  /** Where the seed of a pick comes from; `drand` needs a beacon. */
  readonly randomness?: Randomness;
  readonly beacon?: Beacon;
  readonly now?: () => Date;
  /** How many logins one chat member may enter in a draw; 0: any number. */
  readonly entriesPerMember?: number;
}

/** Puts the draw together over one Redis client. */
export function createDraw(options: DrawOptions): Draw {
  const { redis, profiles, prefix = 'prizedraw', entriesPerMember = 1 } = options;
  const { randomness = 'local', beacon, now = () => new Date() } = options;
  const keys = drawKeys(prefix);
  const context: DrawContext = {
    redis: withScripts(redis),
    clock: RedisClock.of(redis),
    keys,
    entriesPerMember,
    randomness,
    beacon,
    now,
  };
  return {
    keys,
    start: (prizes, seconds) => start(context, prizes, seconds),
    enter: (login, member) => enter(context, profiles, login, member),
    close: () => close(context),
    pick: (asked) => pick(context, asked),
    resume: (age) => resume(context, age),
    lastProof: () => lastProof(context),
    checkProof: (proof, logins) => checkProof(context, proof, logins),
    entrantsOfProof: () => entrantsOfProof(context),
    status: (member) => status(context, member),
    entrants: () => entrants(context),
    wins: () => wins(context),
    winners: () => winners(context, profiles),
    finished: () => finished(context),
    shown: (won) => shownLater(context, profiles, won),
    roundTime: (round) => beacon?.timeOf(round),
  };
}
