import { z } from 'zod';
import { parseProfile } from '../draw/profile.ts';
import type { LookupOutcome } from '../draw/types.ts';
import type { GitHubResponse } from './connection.ts';
import { isLimit, limitedUntil } from './limits.ts';

const account = z.object({ login: z.string(), type: z.string() });

/**
 * Where the REST API tells of a user. Source: docs.github.com, "Get a user".
 * @param base the path of the API, without a slash at the end
 */
export function userPath(base: string, login: string): string {
  return `${base}/users/${encodeURIComponent(login)}`;
}

/**
 * Tells the outcomes of a look-up by REST apart.
 * @param now milliseconds since the epoch
 */
export function readUserResponse(login: string, response: GitHubResponse, now: number): LookupOutcome {
  const { status, headers, body } = response;
  if (status === 200) return readUser(login, body);
  if (status === 404) return { kind: 'no_such_user' };
  if (isLimit(response)) return { kind: 'limited', until: limitedUntil(headers, now) };
  return { kind: 'unreachable' };
}

function readUser(login: string, json: string): LookupOutcome {
  const profile = parseProfile(json);
  const parsed = profile && account.safeParse(JSON.parse(json));
  // An answer about somebody else comes from something that is not GitHub (a captive portal, a wrong GITHUB_API_URL).
  if (!profile || !parsed?.success || profile.login.toLowerCase() !== login) return { kind: 'unreachable' };
  return parsed.data.type === 'Organization' ? { kind: 'organisation' } : { kind: 'found', profile, json };
}
