import { z } from 'zod';
import type { Profile } from './types.ts';

/** The address of a picture: on the web, and no longer than addresses are. */
export const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

/** The part of GitHub's user object that the draw reads. Source: docs.github.com, "Get a user". */
const githubUser = z.object({
  login: z.string().min(1),
  name: z.string().nullish().catch(null),
  avatar_url: webAddress.optional().catch(undefined),
});

/**
 * Reads a profile as it is cached: GitHub's JSON, which another program may have written.
 * @returns the profile, or undefined when the text is no user's JSON
 */
export function parseProfile(json: string): Profile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const user = githubUser.safeParse(value);
  if (!user.success) return undefined;
  const { login, name, avatar_url } = user.data;
  return { login, name: name?.trim() || login, avatarUrl: avatar_url ?? avatarOf(login) };
}

/** What can be shown of a login whose profile is not to be had. */
export function bareProfile(login: string): Profile {
  return { login, name: login, avatarUrl: avatarOf(login) };
}

/** GitHub serves every user's avatar at this address, with no look-up. */
export function avatarOf(login: string): string {
  return `https://github.com/${encodeURIComponent(login)}.png`;
}
