/** The body that GitHub gives with an error. Source: docs.github.com, "Troubleshooting the REST API" and "Rate limits for the REST API". */
export function errorBody(status: number, headers: Readonly<Record<string, string>>): string {
  const limited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  const messages: Readonly<Record<number, string>> = {
    401: 'Bad credentials',
    403: limited ? 'API rate limit exceeded for 127.0.0.1.' : 'Forbidden',
    404: 'Not Found',
    429: 'You have exceeded a secondary rate limit.',
  };
  const message = messages[status] ?? 'Server Error';
  return JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}

/** An organisation as GitHub tells of it at the address of a user. Source: docs.github.com, "Get a user". */
export function organisation(url: string, { login, id }: { readonly login: string; readonly id: number }) {
  return {
    login,
    id,
    node_id: Buffer.from(`012:Organization${id}`).toString('base64'),
    avatar_url: `${url}/avatars/o/${login}`,
    gravatar_id: '',
    url: `${url}/users/${login}`,
    html_url: `${url}/${login}`,
    repos_url: `${url}/users/${login}/repos`,
    organizations_url: `${url}/users/${login}/orgs`,
    type: 'Organization',
    user_view_type: 'public',
    site_admin: false,
    name: `${login} Inc.`,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2011-01-25T18:44:36Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
}
