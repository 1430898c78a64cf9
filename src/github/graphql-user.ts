import { z } from 'zod';

/**
 * The user as GraphQL tells of it. Source: docs.github.com, "Users", reference of the GraphQL API. The e-mail address is
 * not asked for: a token without permissions may not, and GitHub then answers nothing about that user.
 */
export const graphqlUser = z.object({
  __typename: z.literal('User'),
  login: z.string().min(1),
  id: z.string(),
  databaseId: z.number().int(),
  avatarUrl: z.string(),
  url: z.string(),
  isSiteAdmin: z.boolean(),
  name: z.string().nullable(),
  company: z.string().nullable(),
  websiteUrl: z.string().nullable(),
  location: z.string().nullable(),
  isHireable: z.boolean(),
  bio: z.string().nullable(),
  twitterUsername: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** What a query asks for, beside `__typename` and `login`. */
export const USER_FIELDS = Object.keys(graphqlUser.shape)
  .filter((field) => field !== '__typename' && field !== 'login')
  .join(' ');

/**
 * Writes a user as the REST API does, which is how other programs read the cache. Source: docs.github.com, "Get a user".
 * The four numbers (`public_repos`, `public_gists`, `followers`, `following`) are left out: counting costs GraphQL a list
 * each, of every user, and a wrong number would be worse than none.
 * @param apiUrl of the REST API, without a slash at the end
 */
export function userJson(user: z.infer<typeof graphqlUser>, apiUrl: string): string {
  const url = `${apiUrl}/users/${user.login}`;
  return JSON.stringify({
    login: user.login,
    id: user.databaseId,
    node_id: user.id,
    avatar_url: user.avatarUrl,
    gravatar_id: '',
    url,
    html_url: user.url,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    user_view_type: 'public',
    site_admin: user.isSiteAdmin,
    // REST writes null, or no text at all, where there is nothing.
    name: user.name || null,
    company: user.company || null,
    blog: user.websiteUrl ?? '',
    location: user.location || null,
    email: null,
    hireable: user.isHireable || null,
    bio: user.bio || null,
    twitter_username: user.twitterUsername || null,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  });
}
