import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DrawContext } from './context.ts';
import { PROFILE_TTL } from './enter.ts';
import { parseJson } from './json.ts';
import { isLogin } from './login.ts';
import { observe } from './observe.ts';
import { naturalOrder } from './prizes.ts';
import { bareProfile, parseProfile } from './profile.ts';
import { type DrawRecord, isOver, winsOf } from './record.ts';
import { cacheWinnersScript } from './scripts/index.ts';
import type { Profile, ProfileSource, Win, Winner } from './types.ts';

/** The winners as the bot keeps them, once they have been shown. Other programs' cache names no logins: it cannot be checked. */
const shownJson = z.array(z.object({ prize: z.string(), login: z.string(), name: z.string(), image: z.string() }));

/** How long the winners wait for profiles that have expired, in milliseconds, all of them together. */
const PROFILES_TIMEOUT = 3000;

type Shown = Pick<Winner, 'name' | 'image'>;

/**
 * Reads who has won what.
 * @returns the pairs in the natural order of their prizes; none when no winners are out
 * @throws when Redis does not answer
 */
export async function wins({ redis, shared }: DrawContext): Promise<readonly Win[]> {
  return inOrder(winsOf(await redis.hgetall(shared.winners)));
}

/**
 * Reads the winners who are out, as they are shown.
 * @param request the ID that whoever asks has in the log
 * @throws when Redis does not answer
 */
export async function winners(
  context: DrawContext,
  source: ProfileSource,
  request?: string,
): Promise<readonly Winner[]> {
  const won = await wins(context);
  if (won.length === 0) return [];
  const { record } = await observe(context);
  // Who entered what in another draw says nothing of these winners.
  const isTheirs = record !== undefined && (record.phase === 'won' || !isOver(record.phase)) && hasPrizes(record, won);
  // Whatever is looked up for them is looked up for whoever asks.
  const asked: ProfileSource = { lookUp: (login) => source.lookUp(login, undefined, request) };
  return winnersOf(context, asked, isTheirs ? record.id : '', won);
}

function hasPrizes({ prizes, wins: known }: DrawRecord, won: readonly Win[]): boolean {
  const all = new Set([...prizes, ...known.map(({ prize }) => prize)]);
  return won.every(({ prize }) => all.has(prize));
}

/**
 * Reads winners as they are shown: as they were shown before, else with all their profiles at once (and keeps them so). A
 * winner whose profile is not to be had is shown with the login alone, and is looked up again the next time.
 * @param id the draw's ID; empty where it has no record
 * @throws when Redis does not answer
 */
export async function winnersOf(
  context: DrawContext,
  source: ProfileSource,
  id: string,
  won: readonly Win[],
): Promise<readonly Winner[]> {
  if (won.length === 0) return [];
  const { redis, keys } = context;
  const sorted = inOrder(won);
  const own = keys.draw(id);
  const [members, kept] = await Promise.all([
    redis.hmget(own.memberOf, ...sorted.map(({ login }) => login)),
    redis.get(own.shown),
  ]);
  const shown = parseShown(kept, sorted) ?? (await show(context, source, id, sorted));
  return sorted.map((win, index) => ({
    ...win,
    ...(shown[index] ?? shownAs(bareProfile(win.login))),
    member: members[index] ?? undefined,
  }));
}

function inOrder(won: readonly Win[]): Win[] {
  return won.toSorted((a, b) => naturalOrder(a.prize, b.prize));
}

/** The kept winners in the order of `won`; undefined when there are none, or they are others. */
function parseShown(kept: string | null, won: readonly Win[]): readonly Shown[] | undefined {
  if (kept === null) return undefined;
  const parsed = parseJson(kept, shownJson);
  if (parsed?.length !== won.length) return undefined;
  const byPrize = new Map(parsed.map((one) => [one.prize, one]));
  const shown = won.map(({ prize, login }) => {
    const one = byPrize.get(prize);
    return one?.login === login ? { name: one.name, image: one.image } : undefined;
  });
  return shown.every((one) => one !== undefined) ? shown : undefined;
}

async function show(
  context: DrawContext,
  source: ProfileSource,
  id: string,
  won: readonly Win[],
): Promise<readonly Shown[]> {
  const profiles = await profilesOf(context, source, won);
  const shown = won.map(({ login }, index) => shownAs(profiles[index] ?? bareProfile(login)));
  if (profiles.every((profile) => profile !== undefined)) await keep(context, id, won, shown);
  return shown;
}

/** The profiles of the winners, all at once; what is not to be had in good time is undefined. */
async function profilesOf(
  context: DrawContext,
  source: ProfileSource,
  won: readonly Win[],
): Promise<readonly (Profile | undefined)[]> {
  const { redis, keys } = context;
  const cached = await redis.mget(won.map(({ login }) => keys.profile(login)));
  const timeout = new AbortController();
  const tooLate = sleep(PROFILES_TIMEOUT, undefined, { signal: timeout.signal }).catch(() => undefined);
  return Promise.all(
    won.map(
      ({ login }, index) =>
        parseProfile(cached[index] ?? '') ?? Promise.race([lookUpAgain(context, source, login), tooLate]),
    ),
  ).finally(() => timeout.abort());
}

async function lookUpAgain(
  { redis, keys }: DrawContext,
  source: ProfileSource,
  login: string,
): Promise<Profile | undefined> {
  if (!isLogin(login)) return undefined;
  const found = await source.lookUp(login).catch(() => undefined);
  if (found?.kind !== 'found') return undefined;
  await redis.set(keys.profile(login), found.json, 'EX', PROFILE_TTL);
  return found.profile;
}

async function keep(
  { redis, keys, shared }: DrawContext,
  id: string,
  won: readonly Win[],
  shown: readonly Shown[],
): Promise<void> {
  const ours = won.map((win, index) => ({ ...win, ...(shown[index] ?? shownAs(bareProfile(win.login))) }));
  await cacheWinnersScript.run(redis, {
    keys: { winners: shared.winners, winners_json: shared.winnersJson, shown: keys.draw(id).shown },
    args: {
      theirs: JSON.stringify(ours.map(({ name, prize, image }) => ({ name, prize, image }))),
      ours: id === '' ? '' : JSON.stringify(ours),
    },
    rest: won.flatMap(({ prize, login }) => [prize, login]),
  });
}

function shownAs({ name, avatarUrl }: Profile): Shown {
  return { name, image: avatarUrl };
}
