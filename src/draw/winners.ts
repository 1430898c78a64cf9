import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DrawContext } from './context.ts';
import { PROFILE_TTL } from './enter.ts';
import { isLogin } from './login.ts';
import { naturalOrder } from './prizes.ts';
import { avatarOf, bareProfile, parseProfile, webAddress } from './profile.ts';
import type { Profile, ProfileSource, Win, Winner } from './types.ts';

/** The cache that the original application shares. Source: its data model. */
const winnersJson = z.array(z.object({ name: z.string(), prize: z.string(), image: z.string() }));

/** How long the winners wait for profiles that have expired, in milliseconds, all of them together. */
const PATIENCE = 3000;

type Shown = Pick<Winner, 'name' | 'image'>;

/**
 * Reads who has won what.
 * @returns the pairs in the natural order of their prizes; none when no winners are out
 * @throws when Redis does not answer
 */
export async function wins({ redis, keys }: DrawContext): Promise<readonly Win[]> {
  return inOrder(pairsOf(await redis.hgetall(keys.winners)));
}

/**
 * Reads the winners as they are shown: from the shared cache, else with all their profiles at once (and fills the
 * cache). A winner whose profile is not to be had is shown with the login alone, and the cache is left for later.
 * @throws when Redis does not answer
 */
export async function winners(context: DrawContext, source: ProfileSource): Promise<readonly Winner[]> {
  const { redis, keys } = context;
  const [won, cached] = await Promise.all([wins(context), redis.get(keys.winnersJson)]);
  if (won.length === 0) return [];
  const [members, shown] = await Promise.all([
    redis.hmget(keys.memberOf, ...won.map(({ login }) => login)),
    parseCache(cached, won) ?? show(context, source, won),
  ]);
  return won.map((win, index) => ({
    ...win,
    ...(shown[index] ?? shownAs(bareProfile(win.login))),
    member: members[index] ?? undefined,
  }));
}

/**
 * Winners of a draw that another has followed, as they are shown. Who entered them is not known any more.
 * @throws when Redis does not answer
 */
export async function shownLater(
  context: DrawContext,
  source: ProfileSource,
  won: readonly Win[],
): Promise<readonly Winner[]> {
  if (won.length === 0) return [];
  const sorted = inOrder(won);
  const profiles = await profilesOf(context, source, sorted);
  return sorted.map((win, index) => ({
    ...win,
    ...shownAs(profiles[index] ?? bareProfile(win.login)),
    member: undefined,
  }));
}

function pairsOf(hash: Readonly<Record<string, string>>): Win[] {
  return Object.entries(hash).map(([prize, login]) => ({ prize, login }));
}

function inOrder(won: readonly Win[]): Win[] {
  return won.toSorted((a, b) => naturalOrder(a.prize, b.prize));
}

/** The cached winners in the order of `won`; undefined when there is no cache or it speaks of other winners. */
function parseCache(cached: string | null, won: readonly Win[]): readonly Shown[] | undefined {
  if (cached === null) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(cached);
  } catch {
    return undefined;
  }
  const parsed = winnersJson.safeParse(value);
  if (!parsed.success || parsed.data.length !== won.length) return undefined;
  const byPrize = new Map(parsed.data.map(({ prize, name, image }) => [prize, { name, image }]));
  const shown = won.map(({ prize, login }) => {
    const entry = byPrize.get(prize);
    return entry && { ...entry, image: webAddress.safeParse(entry.image).data ?? avatarOf(login) };
  });
  return shown.every((entry) => entry !== undefined) ? shown : undefined;
}

async function show(context: DrawContext, source: ProfileSource, won: readonly Win[]): Promise<readonly Shown[]> {
  const profiles = await profilesOf(context, source, won);
  const shown = won.map(({ login }, index) => shownAs(profiles[index] ?? bareProfile(login)));
  if (profiles.every((profile) => profile !== undefined)) await fillCache(context, won, shown);
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
  const patience = new AbortController();
  const tooLate = sleep(PATIENCE, undefined, { signal: patience.signal }).catch(() => undefined);
  return Promise.all(
    won.map(
      ({ login }, index) =>
        parseProfile(cached[index] ?? '') ?? Promise.race([lookUpAgain(context, source, login), tooLate]),
    ),
  ).finally(() => patience.abort());
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

async function fillCache({ redis, keys }: DrawContext, won: readonly Win[], shown: readonly Shown[]): Promise<void> {
  const json = JSON.stringify(
    won.map(({ prize }, index) => ({ name: shown[index]?.name, prize, image: shown[index]?.image })),
  );
  const pairs = won.flatMap(({ prize, login }) => [prize, login]);
  await redis.drawCacheWinners(keys.winners, keys.winnersJson, json, ...pairs);
}

function shownAs({ name, avatarUrl }: Profile): Shown {
  return { name, image: avatarUrl };
}
