import { z } from 'zod';
import { parseProfile } from '../draw/profile.ts';
import type { LookupOutcome } from '../draw/types.ts';
import type { GitHubResponse } from './connection.ts';
import { graphqlUser, USER_FIELDS, userJson } from './graphql-user.ts';
import { isLimit, limitedUntil } from './limits.ts';

/** What asking for several users at once can come to. */
export type GraphqlAnswer =
  | {
      readonly kind: 'answered';
      /** Who was found, by login in lower case; whoever is missing, GraphQL does not know, or does not show. */
      readonly outcomes: ReadonlyMap<string, LookupOutcome>;
      /** Whether some were left out because the query asked for more than GitHub works out at once. */
      readonly isTooMuch: boolean;
    }
  | { readonly kind: 'limited'; readonly until: Date }
  /** Nothing there speaks GraphQL. */
  | { readonly kind: 'not_there' }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Where GraphQL is, beside the REST API: `https://api.github.com/graphql`, or `https://HOST/api/graphql` beside
 * `https://HOST/api/v3`. Source: docs.github.com, "Forming calls with GraphQL", of GitHub Enterprise Server, too.
 * @param base the path of the REST API, without a slash at the end
 */
export function graphqlPath(base: string): string {
  return `${base.replace(/\/v3$/, '')}/graphql`;
}

/**
 * The body of a request for several users. It asks for owners of repositories, which are users and organisations, so that
 * an organisation is told apart at once. As it asks for no list, it costs one point, whatever the number. Source:
 * docs.github.com, "Rate limits and query limits for the GraphQL API".
 * @param logins in lower case, 100 at most
 */
export function usersQuery(logins: readonly string[]): string {
  const parameters = logins.map((_, index) => `$l${index}: String!`).join(', ');
  const owners = logins.map((_, index) => `u${index}: repositoryOwner(login: $l${index}) { ...account }`).join('\n');
  const account = `fragment account on RepositoryOwner { __typename login ... on User { ${USER_FIELDS} } }`;
  return JSON.stringify({
    query: `query(${parameters}) {\n${owners}\n}\n${account}`,
    variables: Object.fromEntries(logins.map((login, index) => [`l${index}`, login])),
  });
}

const NOT_THERE = [404, 405, 410, 501];

const body = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string().catch('') })).optional(),
});

type Problem = NonNullable<z.infer<typeof body>['errors']>[number];

/**
 * Tells apart what came back. What is wrong with one user says nothing about the others.
 * @param logins those of the query, in its order
 * @param apiUrl of the REST API, for the addresses in what is cached
 * @param now milliseconds since the epoch
 */
export function readUsersResponse(
  logins: readonly string[],
  response: GitHubResponse,
  apiUrl: string,
  now: number,
): GraphqlAnswer {
  const { status, headers } = response;
  if (NOT_THERE.includes(status)) return { kind: 'not_there' };
  if (isLimit(response)) return { kind: 'limited', until: limitedUntil(headers, now) };
  if (status !== 200) return { kind: 'failed', reason: `status ${status}` };
  const parsed = body.safeParse(json(response.body));
  if (!parsed.success) return { kind: 'failed', reason: 'no answer of GraphQL' };
  const { data, errors = [] } = parsed.data;
  const outcomes = readOwners(logins, data ?? {}, apiUrl);
  // GitHub limits with status 200, too; how the error is named there has changed over time.
  if (outcomes.size === 0 && errors.some(isRateLimit)) return { kind: 'limited', until: limitedUntil(headers, now) };
  if (!data) return { kind: 'failed', reason: errors[0]?.message ?? 'no data' };
  return { kind: 'answered', outcomes, isTooMuch: errors.some(({ type }) => type === 'RESOURCE_LIMITS_EXCEEDED') };
}

function isRateLimit({ type, message }: Problem): boolean {
  return type?.startsWith('RATE_LIMIT') === true || /rate limit/i.test(message);
}

const organisation = z.object({ __typename: z.literal('Organization'), login: z.string() });

function readOwners(
  logins: readonly string[],
  data: Readonly<Record<string, unknown>>,
  apiUrl: string,
): Map<string, LookupOutcome> {
  const outcomes = new Map<string, LookupOutcome>();
  for (const [index, login] of logins.entries()) {
    const outcome = readOwner(login, data[`u${index}`], apiUrl);
    if (outcome) outcomes.set(login, outcome);
  }
  return outcomes;
}

function readOwner(login: string, owner: unknown, apiUrl: string): LookupOutcome | undefined {
  const isAsked = (answered: { readonly login: string }): boolean => answered.login.toLowerCase() === login;
  const company = organisation.safeParse(owner);
  if (company.success) return isAsked(company.data) ? { kind: 'organisation' } : undefined;
  const user = graphqlUser.safeParse(owner);
  if (!user.success || !isAsked(user.data)) return undefined;
  const json = userJson(user.data, apiUrl);
  const profile = parseProfile(json);
  return profile && { kind: 'found', profile, json };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
