import type { Redis } from 'ioredis';
import { type AddPrizesOutcome, addPrizes } from './add-prizes.ts';
import { type Advanced, advance } from './advance.ts';
import { type CancelOutcome, cancel } from './cancel.ts';
import { RedisClock } from './clock.ts';
import { type CloseOutcome, close } from './close.ts';
import type { DrawContext, Randomness } from './context.ts';
import { type DropPrizesOutcome, dropPrizes } from './drop-prizes.ts';
import { type EnterOutcome, type Entry, enter, type Stale } from './enter.ts';
import { type Entrants, entrants } from './entrants.ts';
import { type ExtendOutcome, extend } from './extend.ts';
import type { Beacon } from './fair/beacon.ts';
import type { Proof } from './fair/proof.ts';
import { readHistory, readRecord } from './history.ts';
import { type Keys, keysUnder, type SharedKeys } from './keys.ts';
import { type CheckedProof, checkProof, entrantsOfProof, type LastProof, lastProof } from './last-proof.ts';
import { type LeaveOutcome, leave } from './leave.ts';
import { KeptLists } from './lists.ts';
import { type Observed, observe } from './observe.ts';
import { openLike } from './own-connection.ts';
import { type AskOutcome, askForPick, type PickOptions, type PickOutcome, pick, resumePick } from './pick.ts';
import type { DrawRecord } from './record.ts';
import { type ReadEntrantList, readInProcess } from './redis-sets.ts';
import { type Registry, readRegistry } from './registry.ts';
import { type RemoveOutcome, remove } from './remove.ts';
import { type StartOutcome, start } from './start.ts';
import { type DrawStatus, status } from './status.ts';
import type { ProfileSource, Win, Winner } from './types.ts';
import { ifUnreadable } from './unreadable.ts';
import { UnreadablePicks } from './unreadable-pick.ts';
import { winners, winnersOf, wins } from './winners.ts';

/** The draw in one channel. Each method is documented where it is written: `start.ts`, `enter.ts` and so on. */
export interface Draw {
  readonly channel: string;
  /** The keys that are shared with other programs. */
  readonly shared: SharedKeys;
  /** Whether picking takes until a round of the beacon is there. */
  readonly waitsForBeacon: boolean;
  start(prizes: readonly string[], seconds?: number, member?: string): Promise<StartOutcome>;
  enter(login: string, member?: string, request?: string): Promise<EnterOutcome>;
  enterIf(entry: Entry): Promise<EnterOutcome | Stale>;
  leave(member: string, login?: string): Promise<LeaveOutcome>;
  close(): Promise<CloseOutcome>;
  extend(seconds: number): Promise<ExtendOutcome>;
  addPrizes(prizes: readonly string[]): Promise<AddPrizesOutcome>;
  dropPrizes(prizes: readonly string[]): Promise<DropPrizesOutcome>;
  remove(login: string): Promise<RemoveOutcome>;
  cancel(reason: string): Promise<CancelOutcome>;
  pick(options?: PickOptions): Promise<PickOutcome>;
  askForPick(by: string): Promise<AskOutcome>;
  resume(age: number): Promise<PickOutcome | undefined>;
  lastProof(): Promise<LastProof>;
  checkProof(proof: Proof, logins: readonly string[]): Promise<CheckedProof>;
  entrantsOfProof(proof: Proof): Promise<readonly string[]>;
  status(member?: string): Promise<DrawStatus>;
  entrants(): Promise<Entrants>;
  wins(): Promise<readonly Win[]>;
  winners(request?: string): Promise<readonly Winner[]>;
  observe(): Promise<Observed>;
  advance(): Promise<Advanced>;
}

/** The draws of a workspace, one at a time in each channel. */
export interface Draws {
  readonly keys: Keys;
  /** The draw that other programs know. */
  readonly home: Draw;
  in(channel: string): Draw;
  /** One draw and no other: once another has begun in its channel, every step comes to `another_draw`. */
  only(channel: string, id: string): Draw;
  registry(): Promise<Registry>;
  record(id: string): Promise<DrawRecord | undefined>;
  history(most: number): Promise<readonly DrawRecord[]>;
  /** The winners of a draw, as they are shown. */
  winnersOf(record: DrawRecord): Promise<readonly Winner[]>;
  /** Lets go what is kept of picks under way; they can be gone on with. */
  close(): void;
  /** When a round of the beacon appears, in milliseconds since the epoch; undefined without a beacon. */
  roundTime(round: number): number | undefined;
}

export interface DrawsOptions {
  readonly redis: Redis;
  readonly profiles: ProfileSource;
  /** The channel whose draw is in the keys that other programs know. */
  readonly home: string;
  /** Namespace of every key, without the colon. */
  readonly prefix?: string;
  /** Where the seed of a pick comes from; `drand` needs a beacon. */
  readonly randomness?: Randomness;
  readonly beacon?: Beacon;
  readonly now?: () => Date;
  /** How long a pick that this version cannot read is left to a newer one, in milliseconds; 40 seconds when left out. */
  readonly leftToNewer?: number | undefined;
  /** How many logins one chat member may enter in a draw; 0: any number. */
  readonly entriesPerMember?: number;
  /** Opens a connection of one's own, which stays away once it is cut; one like `redis` when left out. */
  readonly openConnection?: () => Promise<Redis>;
  /** Reads all entrants of a draw; when left out, into this process, in which everything waits while they are many. */
  readonly readEntrantList?: ReadEntrantList;
  /** Takes over what an older release left in Redis; true where there was something. */
  readonly takeOver?: (context: DrawContext) => Promise<boolean>;
}

/** How many channels a process remembers the latest draw of; it reads that of others anew. */
const MOST_CONTEXTS = 10_000;

/** Puts the draws together over one Redis client. */
export function createDraws(options: DrawsOptions): Draws {
  const { redis, profiles, home, prefix = 'prizedraw', beacon } = options;
  const keys = keysUnder(prefix, home);
  const common: Common = {
    openConnection: options.openConnection ?? (() => openLike(redis)),
    readEntrantList: options.readEntrantList ?? readInProcess(redis),
    unreadablePicks: new UnreadablePicks(options.leftToNewer),
    keptLists: new KeptLists(),
  };
  const contexts = new Map<string, DrawContext>();
  const contextOf = (channel: string): DrawContext => {
    // Anybody may name any channel.
    if (contexts.size >= MOST_CONTEXTS) contexts.clear();
    const known = contexts.get(channel) ?? contextIn(channel, keys, options, common);
    contexts.set(channel, known);
    return known;
  };
  const draw = (channel: string): Draw => drawOn(contextOf(channel), profiles);
  return {
    keys,
    home: draw(home),
    in: draw,
    only: (channel, id) => drawOn({ ...contextOf(channel), latest: { id }, only: id }, profiles),
    registry: () => readRegistry(redis, keys),
    record: (id) => readRecord(redis, keys, id),
    history: (most) => readHistory(redis, keys, most),
    winnersOf: (record) => winnersOf(contextOf(record.channel), profiles, record.id, record.wins),
    close: () => common.keptLists.close(),
    roundTime: (round) => beacon?.timeOf(round),
  };
}

/** What the draws in all channels have in common. */
type Common = Pick<DrawContext, 'openConnection' | 'readEntrantList' | 'unreadablePicks' | 'keptLists'>;

function contextIn(channel: string, keys: Keys, options: DrawsOptions, common: Common): DrawContext {
  const { redis, home, entriesPerMember = 1, randomness = 'local', beacon, now = () => new Date() } = options;
  const { takeOver = async () => false } = options;
  const context: DrawContext = {
    ...common,
    redis,
    clock: RedisClock.of(redis),
    keys,
    shared: keys.shared(channel),
    channel,
    latest: { id: '' },
    only: undefined,
    entriesPerMember,
    randomness,
    beacon,
    now,
    takeOver: async () => channel === home && takeOver(context),
  };
  return context;
}

function drawOn(context: DrawContext, profiles: ProfileSource): Draw {
  return {
    channel: context.channel,
    shared: context.shared,
    waitsForBeacon: context.randomness === 'drand' && context.beacon !== undefined,
    start: (prizes, seconds, member) => start(context, prizes, seconds, member),
    enter: async (login, member, request) => {
      const outcome = await enter(context, profiles, { login, member, request, version: undefined });
      if (outcome.kind === 'stale') throw new Error('A draw that was named cannot be stale.');
      return outcome;
    },
    enterIf: (entry) => enter(context, profiles, entry),
    leave: (member, login) => leave(context, member, login),
    close: () => close(context),
    extend: (seconds) => extend(context, seconds),
    addPrizes: (prizes) => addPrizes(context, prizes),
    dropPrizes: (prizes) => dropPrizes(context, prizes),
    remove: (login) => remove(context, login),
    cancel: (reason) => cancel(context, reason),
    pick: (asked) => pick(context, asked),
    askForPick: (by) => askForPick(context, by),
    resume: (age) => resumePick(context, age),
    lastProof: () => lastProof(context),
    checkProof: (proof, logins) => checkProof(context, proof, logins),
    entrantsOfProof: (proof) => entrantsOfProof(context, proof),
    status: (member) => status(context, member),
    entrants: () => entrants(context),
    wins: () => wins(context),
    winners: (request) => winners(context, profiles, request),
    // A draw that this version cannot read is left to one that can.
    observe: () => observe(context).catch(ifUnreadable(() => ({ record: undefined, again: undefined }))),
    advance: () => advance(context),
  };
}
